"""Writes metrics.json: metrics of scikit-learn. Run: `python metrics.py`, with scikit-learn==1.9.1 and torch."""

import cases
import sklearn.metrics as m
import torch

c = cases.Cases("metrics")


def case(name, scores, target, value):
    value = torch.as_tensor(value)
    c.cases[name] = {"scores": cases.packed(scores), "target": cases.packed(target), "value": cases.packed(value)}


def rates(name, scores, target, decided, averages):
    case(f"{name} accuracy", scores, target, m.accuracy_score(target, decided))
    case(f"{name} confusionMatrix", scores, target, m.confusion_matrix(target, decided))
    for rate, function in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        for average in averages:
            value = function(target, decided, average=average, zero_division=0)
            case(f"{name} {rate} {average}", scores, target, value)


# Scores of one decimal, so that some are equal.
def coarse(*shape):
    return torch.round(torch.rand(*shape, generator=c.generator), decimals=1)


scores, target = coarse(20), c.integers(2, 20)
rates("binary", scores, target, scores > 0.5, ("binary", "macro", "micro", "weighted"))
case("binary rocAuc", scores, target, m.roc_auc_score(target, scores))

# The last class has no rows and is never chosen; the one before is not chosen.
target = c.integers(3, 24)
scores = c.draw(24, 5) + 1.5 * torch.nn.functional.one_hot(target, 5)
scores[:, 3:] -= 9
target[0] = 3
averages = ("macro", "micro", "weighted")
decided = scores.argmax(1)
rates("classes", scores, target, decided, averages)
case("classes confusionMatrix", scores, target, m.confusion_matrix(target, decided, labels=range(5)))
for k in (1, 2, 4):
    value = m.top_k_accuracy_score(target, scores, k=k, labels=range(5))
    case(f"classes topKAccuracy {k}", scores, target, value)

target = c.integers(3, 18)
scores = torch.round(torch.softmax(c.draw(18, 3), 1) * 8) / 8
scores[:, 0] += 1 - scores.sum(1)
case("classes rocAuc", scores, target, m.roc_auc_score(target, scores, multi_class="ovr"))

y, t = c.draw(6), c.draw(6)
rows, wanted = c.draw(5, 3), c.draw(5, 3)
wanted[:, 2] = 0.5
for name, p, q in (("rows", y, t), ("columns", rows, wanted)):
    case(f"{name} mae", p, q, m.mean_absolute_error(q, p))
    case(f"{name} mse", p, q, m.mean_squared_error(q, p))
    case(f"{name} rmse", p, q, m.mean_squared_error(q, p) ** 0.5)
    case(f"{name} r2", p, q, m.r2_score(q, p))
    case(f"{name} mape", p, q, m.mean_absolute_percentage_error(q, p))

c.write()
