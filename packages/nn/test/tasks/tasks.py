"""Trains what tasks.ts trains, in PyTorch: `python tasks.py DIR`, torch==2.13.0 (CPU).

DIR holds one JSON file for each task, as tasks.ts prepared it: the rows of each seed to learn from and to judge by.
Prints a line of JSON for each task: its name and the score of each seed. Everything else is said here a second time:
layers, loss, optimizer, epochs, batch size. All is float32 on one thread; seed s is `torch.manual_seed(s)`.
"""

import json
import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)


class Forecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(4, 16, batch_first=True)
        self.readout = nn.Linear(16, 1)

    def forward(self, x):
        _, (h, _) = self.lstm(x)
        return self.readout(h[0])


def housing(inputs):
    return nn.Sequential(nn.Linear(inputs, 8), nn.Tanh(), nn.Linear(8, 1))


def penguins(inputs):
    return nn.Sequential(nn.Linear(inputs, 16), nn.Tanh(), nn.Linear(16, 3))


def digits(inputs):
    return nn.Sequential(nn.Linear(inputs, 256), nn.ReLU(), nn.Dropout(0.4), nn.Linear(256, 10))


def images(_):
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.3), nn.Linear(32 * 4 * 4, 64), nn.ReLU(), nn.Linear(64, 10),
    )


def accuracy(outputs, targets, _):
    return (outputs.argmax(-1) == targets).double().mean().item()


def rmse(outputs, targets, unit):
    return math.sqrt((outputs - targets).double().square().mean().item()) * unit


TASKS = {
    "sacramento": dict(make=housing, loss=F.mse_loss, score=rmse, lr=0.003, decay=1e-3, epochs=40, batch=32),
    "penguins": dict(make=penguins, loss=F.cross_entropy, score=accuracy, lr=0.01, decay=0, epochs=30, batch=16),
    "digits": dict(make=digits, loss=F.cross_entropy, score=accuracy, lr=0.002, decay=0, epochs=60, batch=32),
    "digits-conv": dict(make=images, loss=F.cross_entropy, score=accuracy, lr=0.001, decay=0, epochs=30, batch=32),
    "weather": dict(make=lambda _: Forecaster(), loss=F.mse_loss, score=rmse, lr=0.01, decay=0, epochs=6, batch=32),
}


def read(array):
    dtype = torch.long if array["dtype"] == "int32" else torch.float32
    return torch.tensor(array["data"], dtype=dtype).reshape(array["shape"])


def train(task, data, seed):
    torch.manual_seed(seed)
    inputs, targets = read(data["inputs"]), read(data["targets"])
    model = task["make"](inputs.shape[1])
    optimizer = torch.optim.Adam(model.parameters(), lr=task["lr"], weight_decay=task["decay"])
    for _ in range(task["epochs"]):
        for rows in torch.randperm(len(inputs)).split(task["batch"]):
            optimizer.zero_grad()
            task["loss"](model(inputs[rows]), targets[rows]).backward()
            optimizer.step()
    model.eval()
    with torch.no_grad():
        return task["score"](model(read(data["testInputs"])), read(data["testTargets"]), data["unit"])


for name, task in TASKS.items():
    path = pathlib.Path(sys.argv[1]) / f"{name}.json"
    if not path.exists():
        continue
    seeds = json.loads(path.read_text(encoding="utf-8"))
    print(json.dumps({"task": name, "scores": [train(task, data, seed) for seed, data in enumerate(seeds)]}), flush=True)
