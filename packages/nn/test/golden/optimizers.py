"""Writes optimizers.json: optimizers, clipping and averages of PyTorch, and Lion of optax.

Run: `python optimizers.py`, with torch==2.13.0 (CPU), optax==0.2.8 and jax==0.10.2 (CPU).

All runs start at the same two parameters and get the same eight gradients. The second parameter has none at the
third step, and the last element of the first one has gradient 0 throughout.
"""

import cases
import jax
import jax.numpy as jnp
import optax
import torch
from torch import optim
from torch.optim import swa_utils

jax.config.update("jax_enable_x64", True)

c = cases.Cases("optimizers")
start = [c.draw(2, 3), c.draw(4)]
gradients = [[c.draw(2, 3), c.draw(4)] for _ in range(8)]
for step, (first, _) in enumerate(gradients):
    first[1, 2] = 0.0
    if step == 2:
        gradients[step][1] = None
    if step == 5:
        first *= 100


def listed(tensors):
    return [None if x is None else x.detach().tolist() for x in tensors]


def steps_of(kind, options, groups=None):
    parameters = [torch.nn.Parameter(p.clone()) for p in start]
    given = parameters if groups is None else [{"params": [p], **g} for p, g in zip(parameters, groups)]
    optimizer = kind(given, **options)
    steps = []
    for gradient in gradients:
        for p, g in zip(parameters, gradient):
            p.grad = None if g is None else g.clone()
        optimizer.step()
        steps.append(listed(parameters))
    return steps


def lion_steps(lr=1e-4, **options):
    """A state for each parameter: one without a gradient is left alone, as an optimizer of PyTorch does."""
    optimizer = optax.lion(lr, **options)
    parameters = [jnp.asarray(p.numpy()) for p in start]
    states = [optimizer.init(p) for p in parameters]
    steps = []
    for gradient in gradients:
        for i, g in enumerate(gradient):
            if g is not None:
                updates, states[i] = optimizer.update(jnp.asarray(g.numpy()), states[i], parameters[i])
                parameters[i] = optax.apply_updates(parameters[i], updates)
        steps.append([p.tolist() for p in parameters])
    return steps


settings = [
    (optim.SGD, {}),
    (optim.SGD, {"lr": 0.1, "momentum": 0.9}),
    (optim.SGD, {"lr": 0.1, "momentum": 0.9, "dampening": 0.5, "weight_decay": 0.01}),
    (optim.SGD, {"lr": 0.1, "momentum": 0.8, "nesterov": True, "weight_decay": 0.02, "maximize": True}),
    (optim.RMSprop, {}),
    (optim.RMSprop, {"lr": 0.02, "alpha": 0.9, "eps": 1e-4, "momentum": 0.5, "weight_decay": 0.03}),
    (optim.RMSprop, {"centered": True}),
    (optim.RMSprop, {"alpha": 0.8, "centered": True, "momentum": 0.9, "maximize": True}),
    (optim.Adam, {}),
    (optim.Adam, {"lr": 0.01, "betas": [0.8, 0.95], "eps": 1e-6, "weight_decay": 0.02}),
    (optim.Adam, {"lr": 0.01, "betas": [0.5, 0.6], "amsgrad": True, "maximize": True}),
    (optim.AdamW, {}),
    (optim.AdamW, {"lr": 0.1, "betas": [0.7, 0.9], "weight_decay": 0.3, "amsgrad": True}),
    (optim.Adagrad, {}),
    (optim.Adagrad, {"lr": 0.1, "lr_decay": 0.2, "initial_accumulator_value": 0.5, "eps": 1e-3}),
    (optim.Adagrad, {"lr": 0.1, "weight_decay": 0.1, "maximize": True}),
    (optim.Adadelta, {}),
    (optim.Adadelta, {"lr": 0.5, "rho": 0.7, "eps": 1e-3, "weight_decay": 0.1}),
    (optim.Adamax, {}),
    (optim.Adamax, {"lr": 0.1, "betas": [0.6, 0.7], "eps": 1e-2, "weight_decay": 0.1}),
    (optim.NAdam, {}),
    (optim.NAdam, {"lr": 0.1, "betas": [0.8, 0.9], "eps": 1e-4, "momentum_decay": 0.1, "weight_decay": 0.1}),
    (optim.NAdam, {"weight_decay": 0.2, "decoupled_weight_decay": True, "maximize": True}),
    (optim.RAdam, {}),
    (optim.RAdam, {"lr": 0.1, "betas": [0.8, 0.9], "eps": 1e-3, "weight_decay": 0.1}),
    (optim.RAdam, {"lr": 0.1, "betas": [0.9, 0.5], "weight_decay": 0.2, "decoupled_weight_decay": True}),
]
runs = [{"class": kind.__name__, "options": options,
         "steps": steps_of(kind, {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()})}
        for kind, options in settings]
runs.append({"class": "Lion", "options": {}, "steps": lion_steps()})
options = {"lr": 0.1, "betas": [0.7, 0.8], "weight_decay": 0.1}
runs.append({"class": "Lion", "options": options, "steps": lion_steps(lr=0.1, b1=0.7, b2=0.8, weight_decay=0.1)})

c.cases["start"] = listed(start)
c.cases["gradients"] = [listed(g) for g in gradients]
for run in runs:
    options = ", ".join(run["options"]) or "defaults"
    c.cases[f"{run['class']}: {options}"] = run

# Groups: the second parameter learns ten times slower, with a weight decay of its own.
c.cases["groups"] = {
    kind.__name__: steps_of(kind, {"lr": 0.1, "weight_decay": 0.2}, [{}, {"lr": 0.01, "weight_decay": 0.5}])
    for kind in (optim.SGD, optim.AdamW)
}


def clipped(f):
    parameters = [torch.nn.Parameter(p.clone()) for p in start]
    for p, g in zip(parameters, gradients[0]):
        p.grad = g.clone()
    norm = f(parameters)
    return {"norm": None if norm is None else norm.item(), "gradients": listed(p.grad for p in parameters)}


utils = torch.nn.utils
c.cases["clipGradNorm"] = [
    {"maxNorm": bound, "normType": str(p), **clipped(lambda ps: utils.clip_grad_norm_(ps, bound, float(p)))}
    for bound, p in [(0.5, 2), (100, 2), (0.5, 1), (1.5, "inf"), (0, 2), (0.7, 3)]
]
c.cases["clipGradValue"] = {"maxValue": 0.3, **clipped(lambda ps: utils.clip_grad_value_(ps, 0.3))}


def averages(**how):
    model = torch.nn.ParameterList([p.clone() for p in start])
    averaged = swa_utils.AveragedModel(model, **how)
    steps = []
    for gradient in gradients:
        with torch.no_grad():
            for p, g in zip(model, gradient):
                p.sub_(0.1 * (0 if g is None else g))
        averaged.update_parameters(model)
        steps.append(listed(averaged.module))
    return steps


c.cases["EMA"] = {"decay": 0.9, "steps": averages(multi_avg_fn=swa_utils.get_ema_multi_avg_fn(0.9))}
c.cases["SWA"] = {"steps": averages()}
c.write()
