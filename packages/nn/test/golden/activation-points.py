"""Writes activation-points.json: activations of PyTorch where they bend, saturate and end.

Run: `python activation-points.py`, with torch==2.13.0 (CPU). Of each function are kept the value, the slope and the
second derivative at every point. Where PyTorch computes infinity times 0 or divides two infinities, its NaN is
replaced by the limit; where it takes the slope of one side of a kink but the second derivative of the other, by that
of the same side.
"""

import math

import cases
import torch
import torch.nn.functional as F

c = cases.Cases("activation-points")
points = [0, -0.0, 1e-30, -1e-30, 1, -1, 3, -3, 6, 15, -15, 50, -50, 1000, -1000, 1e30, -1e30, math.inf, -math.inf]


def limit(name, x):
    if name == "softsign":
        return math.copysign(1, x), 0.0, 0.0
    return (x, 1.0, 0.0) if x > 0 else (0.0, 0.0, 0.0)


def derivatives(f):
    x = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    y = f(x)
    (slope,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    (curvature,) = torch.autograd.grad(slope.sum(), x)
    return [y.detach(), slope.detach(), curvature]


functions = {
    "relu": F.relu, "relu6": F.relu6, "leakyRelu": F.leaky_relu, "elu": F.elu, "selu": F.selu, "gelu": F.gelu,
    "gelu: tanh": lambda x: F.gelu(x, approximate="tanh"), "silu": F.silu, "mish": F.mish, "softplus": F.softplus,
    "softsign": F.softsign, "hardsigmoid": lambda x: F.relu6(x + 3) / 6, "hardswish": F.hardswish,
    "sigmoid": torch.sigmoid, "logSigmoid": F.logsigmoid, "tanh": torch.tanh,
}
for name, f in functions.items():
    found = derivatives(f)
    for i, x in enumerate(points):
        for part, exact in zip(found, limit(name, x)):
            if torch.isnan(part[i]):
                part[i] = exact
    if name in ("elu", "selu"):
        for i, x in enumerate(points):
            if x == 0:
                found[2][i] = found[1][i]
    c.cases[name] = {"inputs": [cases.packed(torch.tensor(points))], "outputs": [cases.packed(part) for part in found]}
c.write()
