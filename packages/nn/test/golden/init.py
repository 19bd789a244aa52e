"""Writes init.json: gains and fans of PyTorch, moments of truncated normals of SciPy.
Run: `python init.py`, with torch==2.13.0 (CPU) and scipy==1.17.1."""

import cases
import torch
from scipy.stats import truncnorm
from torch.nn import init

c = cases.Cases("init")
names = {"linear": "linear", "sigmoid": "sigmoid", "tanh": "tanh", "relu": "relu", "leakyRelu": "leaky_relu", "selu": "selu"}
c.cases["gains"] = {ours: init.calculate_gain(theirs) for ours, theirs in names.items()}
c.cases["gains"]["leakyRelu 0.2"] = init.calculate_gain("leaky_relu", 0.2)

shapes = [[7, 5], [16, 3, 5, 5], [6, 2, 3]]
c.cases["fans"] = [[shape, *init._calculate_fan_in_and_fan_out(torch.empty(shape))] for shape in shapes]

c.cases["truncated"] = []
for mean, std, low, high in ((0, 1, -2, 2), (0.5, 2, -1, 1), (0, 0.02, -2, 2), (1, 1, 2, 5)):
    a, b = (low - mean) / std, (high - mean) / std
    first, second = truncnorm.stats(a, b, loc=mean, scale=std, moments="mv")
    options = {"mean": mean, "std": std, "min": low, "max": high}
    c.cases["truncated"].append({"options": options, "mean": float(first), "deviation": float(second) ** 0.5})

c.write()
