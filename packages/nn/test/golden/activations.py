"""Writes activations.json: activations of PyTorch. Run: `python activations.py`, with torch==2.13.0 (CPU)."""

import cases
import torch
import torch.nn.functional as F
from torch import nn

c = cases.Cases("activations")


def hardsigmoid(x):
    """As PyTorch's, whose own derivative is 1/6 in float32 only."""
    return F.relu6(x + 3) / 6


plain = {
    "relu": F.relu, "relu6": F.relu6, "leakyRelu": F.leaky_relu, "elu": F.elu, "selu": F.selu, "gelu": F.gelu,
    "gelu: tanh": lambda x: F.gelu(x, approximate="tanh"), "silu": F.silu, "mish": F.mish, "softplus": F.softplus,
    "softsign": F.softsign, "hardsigmoid": hardsigmoid, "hardswish": F.hardswish, "sigmoid": torch.sigmoid,
    "logSigmoid": F.logsigmoid, "tanh": torch.tanh,
}
options = {
    "leakyRelu: slope": lambda x: F.leaky_relu(x, 0.3),
    "elu: alpha": lambda x: F.elu(x, 0.7),
    "softplus: beta": lambda x: F.softplus(x, beta=2.5),
}
for name, f in (plain | options).items():
    # Kinks are kept away from: the points have a test of their own.
    c.case(name, nn.Identity(), torch.tensor([-7.1, -2.4, -0.8, -0.1, 0.2, 0.9, 2.3, 7.4]), call=lambda m, x, f=f: f(x))
over_axes = {"softmax": F.softmax, "logSoftmax": F.log_softmax, "glu": F.glu}
for name, f in over_axes.items():
    c.case(name, nn.Identity(), c.draw(3, 4), call=lambda m, x, f=f: f(x, dim=-1))
    c.case(f"{name}: axis", nn.Identity(), c.draw(2, 2, 2), call=lambda m, x, f=f: f(x, dim=1))
c.case("prelu: one slope", nn.PReLU(), c.draw(2, 3))
c.case("prelu: a slope for each channel", nn.PReLU(2), c.draw(2, 2, 3))
c.write()
