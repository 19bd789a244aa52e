"""Writes norm.json: normalisations of PyTorch. Run: `python norm.py`, with torch==2.13.0 (CPU)."""

import cases
import torch
from torch import nn

c = cases.Cases("norm")


def norm(name, module, *shape, train=True):
    """Adds a module whose running statistics, if it has any, are no longer those of the start."""
    if getattr(module, "running_mean", None) is not None:
        with torch.no_grad():
            module.running_mean.copy_(c.draw(*module.running_mean.shape))
            module.running_var.copy_(c.draw(*module.running_var.shape).abs() + 0.5)
            module.num_batches_tracked.fill_(2)
    c.case(name, module.train(train), c.draw(*shape, scale=2.0))


for mode in (True, False):
    suffix = "" if mode else ", evaluated"
    norm("batchNorm1d" + suffix, nn.BatchNorm1d(3), 4, 3, train=mode)
    norm("batchNorm1d of sequences" + suffix, nn.BatchNorm1d(2, eps=0.1, momentum=0.3), 2, 2, 3, train=mode)
    norm("batchNorm2d" + suffix, nn.BatchNorm2d(2), 2, 2, 2, 3, train=mode)
    norm("batchNorm2d: plain" + suffix, nn.BatchNorm2d(2, affine=False), 2, 2, 1, 2, train=mode)
    norm("batchNorm1d: cumulative" + suffix, nn.BatchNorm1d(2, momentum=None), 3, 2, train=mode)
    norm("batchNorm1d: untracked" + suffix, nn.BatchNorm1d(2, track_running_stats=False), 3, 2, train=mode)
    norm("instanceNorm2d" + suffix, nn.InstanceNorm2d(2), 2, 2, 2, 2, train=mode)
    norm("instanceNorm2d: all options" + suffix,
         nn.InstanceNorm2d(2, eps=0.01, momentum=0.4, affine=True, track_running_stats=True), 2, 2, 2, 3, train=mode)
norm("layerNorm", nn.LayerNorm(4), 2, 3, 4)
norm("layerNorm over two axes", nn.LayerNorm((2, 3), eps=0.01), 2, 2, 3)
norm("layerNorm without bias", nn.LayerNorm(3, bias=False), 2, 3)
norm("layerNorm: plain", nn.LayerNorm(5, elementwise_affine=False), 5)
norm("rmsNorm", nn.RMSNorm(4), 2, 3, 4)
norm("rmsNorm over two axes", nn.RMSNorm((2, 2), eps=0.1), 3, 2, 2)
norm("rmsNorm: plain", nn.RMSNorm(3, elementwise_affine=False), 2, 3)
norm("groupNorm", nn.GroupNorm(2, 4), 2, 4, 2, 2)
norm("groupNorm of vectors", nn.GroupNorm(2, 4, eps=0.01), 3, 4)
norm("groupNorm: one group", nn.GroupNorm(1, 3), 2, 3, 3)
norm("groupNorm: plain", nn.GroupNorm(3, 3, affine=False), 2, 3, 4)
c.write()
