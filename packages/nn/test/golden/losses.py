"""Writes losses.json: losses of PyTorch. Run: `python losses.py`, with torch==2.13.0 (CPU)."""

import cases
import torch
import torch.nn.functional as F
from torch import nn


class Losses(cases.Cases):
    def draw(self, *shape, scale=1.0):
        return super().draw(*(shape or (1,)), scale=scale).reshape(shape)


c = Losses("losses")


class Loss(nn.Module):
    def __init__(self, function, options):
        super().__init__()
        self.function, self.options = function, options

    def forward(self, *inputs):
        return self.function(*inputs, **self.options)


def case(name, function, *inputs, **options):
    c.case(name, Loss(function, options), *inputs)


def each_reduction(name, function, *inputs, **options):
    for reduction in ("mean", "sum", "none"):
        case(f"{name} {reduction}", function, *inputs, reduction=reduction, **options)


def classes(function):
    """Class numbers are int64 for PyTorch, int32 in the file."""
    return lambda x, t, **options: function(x, t.long(), **options)


y, t = c.draw(2, 3, scale=1.5), c.draw(2, 3)
each_reduction("mse", F.mse_loss, y, t)
each_reduction("l1", F.l1_loss, y, t)
each_reduction("huber", F.huber_loss, y, t)
case("huber delta 0.3", F.huber_loss, y, t, delta=0.3)
each_reduction("smoothL1", F.smooth_l1_loss, y, t)
case("smoothL1 beta 0.3", F.smooth_l1_loss, y, t, beta=0.3)
case("smoothL1 beta 0", F.smooth_l1_loss, y, t, beta=0.0)

probabilities = torch.tensor([[0.1, 0.5, 0.93], [0.31, 0.02, 0.75]])
shares = torch.tensor([[0.2, 0.9, 0.6], [0.05, 0.5, 0.7]])
ofColumn = torch.tensor([0.5, 2.0, 1.25])
each_reduction("bce", F.binary_cross_entropy, probabilities, shares)
case("bce weight", F.binary_cross_entropy, probabilities, shares, weight=ofColumn)
each_reduction("bceWithLogits", F.binary_cross_entropy_with_logits, y, shares)
case("bceWithLogits posWeight", F.binary_cross_entropy_with_logits, y, shares, pos_weight=ofColumn)
case("bceWithLogits both", F.binary_cross_entropy_with_logits, y, shares,
     pos_weight=torch.tensor(3.0), weight=torch.tensor([[2.0], [0.5]]))

z, labels = c.draw(4, 3, scale=2.0), torch.tensor([2, 0, -100, 1])
rare = torch.tensor([0.5, 2.0, 1.25])
crossEntropy = classes(F.cross_entropy)
each_reduction("crossEntropy", crossEntropy, z, labels)
each_reduction("crossEntropy weight", crossEntropy, z, labels, weight=rare)
each_reduction("crossEntropy smooth", crossEntropy, z, labels, label_smoothing=0.1)
each_reduction("crossEntropy weight smooth", crossEntropy, z, labels, weight=rare, label_smoothing=0.1)
case("crossEntropy ignoreIndex 0", crossEntropy, z, torch.tensor([2, 0, 1, 0]), ignore_index=0)
case("crossEntropy one sample", crossEntropy, c.draw(3), torch.tensor(1), weight=rare, label_smoothing=0.2)
image, pixels = c.draw(2, 3, 2), torch.tensor([[0, 2], [-100, 1]])
each_reduction("crossEntropy image", crossEntropy, image, pixels, weight=rare, label_smoothing=0.1)
soft = torch.round(torch.softmax(c.draw(4, 3), 1), decimals=4)
soft[:, 0] += 1 - soft.sum(1)
each_reduction("crossEntropy shares", F.cross_entropy, z, soft)
case("crossEntropy shares weight smooth", F.cross_entropy, z, soft, weight=rare, label_smoothing=0.1)
softImage = torch.full((2, 3, 2), 0.25)
softImage[:, 1] = 0.5
case("crossEntropy shares image", F.cross_entropy, image, softImage, weight=rare, label_smoothing=0.1)

logs = torch.log_softmax(c.draw(4, 3), 1).round(decimals=4)
each_reduction("nll", classes(F.nll_loss), logs, labels, weight=rare)
case("nll image", classes(F.nll_loss), image, pixels)

each_reduction("klDiv", F.kl_div, logs, soft)
case("klDiv batchMean", F.kl_div, logs, soft, reduction="batchmean")
case("klDiv logTarget", F.kl_div, logs, torch.log(soft).round(decimals=4), log_target=True, reduction="sum")

signs = torch.tensor([1, -1, -1, 1])
each_reduction("hinge", lambda x, t, **o: F.margin_ranking_loss(x, torch.zeros_like(x), t, margin=1.0, **o),
               c.draw(4), signs)
numbers = torch.tensor([2, 0, 1, 1])
multiMargin = classes(F.multi_margin_loss)
each_reduction("multiMargin", multiMargin, z, numbers)
case("multiMargin squared", multiMargin, z, numbers, p=2, margin=1.5, weight=rare)
case("multiMargin one sample", multiMargin, c.draw(3), torch.tensor(1))

anchor, positive, negative = c.draw(3, 2), c.draw(3, 2), c.draw(3, 2)
each_reduction("tripletMargin", F.triplet_margin_loss, anchor, positive, negative, margin=2.0)
case("tripletMargin swap", F.triplet_margin_loss, anchor, positive, negative, margin=2.0, p=3.0, swap=True)
left, right = c.draw(4, 2), c.draw(4, 2)
each_reduction("cosineEmbedding", F.cosine_embedding_loss, left, right, signs, margin=-0.5)
case("cosineEmbedding one sample", F.cosine_embedding_loss, c.draw(2), c.draw(2), torch.tensor(-1), margin=-0.9)

variance = torch.tensor([[0.5], [1.75]])
each_reduction("gaussianNll", F.gaussian_nll_loss, y, t, variance)
case("gaussianNll full", F.gaussian_nll_loss, y, t, variance.expand(2, 3), full=True, eps=0.1)
counts = torch.tensor([[0.5, 1.25, 3.0], [2.0, 4.0, 0.25]])
each_reduction("poissonNll", F.poisson_nll_loss, y, counts)
case("poissonNll full", F.poisson_nll_loss, y, counts, full=True)
case("poissonNll rates", F.poisson_nll_loss, probabilities, counts, log_input=False)

c.write()
