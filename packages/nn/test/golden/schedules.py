"""Writes schedules.json: thirty steps of PyTorch's learning-rate schedules. Run: `python schedules.py`, with
torch==2.13.0 (CPU)."""

import cases
import torch
from torch.optim import lr_scheduler as lr

c = cases.Cases("schedules")
STEPS = 30


def rates(make, inputs=None):
    """The rate before the first step and after each; the schedule is the chainable one."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
    schedule = make(optimizer)
    found = [optimizer.param_groups[0]["lr"]]
    for i in range(STEPS):
        optimizer.step()
        schedule.step() if inputs is None else schedule.step(inputs[i])
        found.append(optimizer.param_groups[0]["lr"])
    return found


def add(name, kind, **options):
    c.cases[name] = {"options": options, "rates": rates(lambda o: kind(o, **options))}


add("StepLR", lr.StepLR, step_size=7)
add("StepLR: gamma", lr.StepLR, step_size=4, gamma=0.7)
add("MultiStepLR", lr.MultiStepLR, milestones=[2, 3, 17])
add("MultiStepLR: gamma", lr.MultiStepLR, milestones=[10], gamma=1.5)
add("ExponentialLR", lr.ExponentialLR, gamma=0.83)
add("CosineAnnealingLR", lr.CosineAnnealingLR, T_max=30)
add("CosineAnnealingLR: rises again", lr.CosineAnnealingLR, T_max=8, eta_min=0.1)
add("LinearWarmup", lr.LinearLR)
add("LinearWarmup: start", lr.LinearLR, start_factor=0.01, total_iters=12)
add("OneCycleLR", lr.OneCycleLR, max_lr=0.9, total_steps=31, cycle_momentum=False)
add("OneCycleLR: linear", lr.OneCycleLR, max_lr=0.9, total_steps=31, pct_start=0.45, anneal_strategy="linear",
    div_factor=5.0, final_div_factor=50.0, cycle_momentum=False)
add("OneCycleLR: three phases", lr.OneCycleLR, max_lr=2, total_steps=31, three_phase=True, cycle_momentum=False)
c.cases["LambdaLR"] = {"rates": rates(lambda o: lr.LambdaLR(o, lambda t: 1 / (1 + t)))}


def warmed(o, then):
    return lr.SequentialLR(o, [lr.LinearLR(o, 0.1, total_iters=5), then(o)], milestones=[5])


c.cases["warm-up, then cosine"] = {"rates": rates(lambda o: warmed(o, lambda o: lr.CosineAnnealingLR(o, 20)))}
c.cases["warm-up, then stairs"] = {"rates": rates(lambda o: warmed(o, lambda o: lr.StepLR(o, 6, 0.5)))}

# Falls, stalls, gets better by less than the threshold, stalls again.
losses = [1 / (1 + t) for t in range(6)] + [0.1666] * 9 + [0.1665 - t / 1e5 for t in range(10)] + [0.05] * 5
for name, options in {
    "ReduceLROnPlateau": {"patience": 3},
    "ReduceLROnPlateau: default patience": {},
    "ReduceLROnPlateau: max, abs": {"mode": "max", "threshold": 0.3, "threshold_mode": "abs", "patience": 2,
                                    "cooldown": 3, "factor": 0.5},
    "ReduceLROnPlateau: floor": {"patience": 0, "factor": 0.2, "min_lr": 0.004},
    "ReduceLROnPlateau: eps": {"patience": 0, "factor": 0.1, "eps": 1e-3, "cooldown": 2},
}.items():
    found = rates(lambda o: lr.ReduceLROnPlateau(o, **options), losses)
    c.cases[name] = {"options": options, "losses": losses, "rates": found}
c.write()
