"""Writes ops.jsonl: values and derivatives from PyTorch for every op and composition to agree with.

Run it with Python 3.11 or newer and `pip install torch==2.13.0 numpy` (the CPU build):

    python ops.py

The cases stand in the ops_*.py files beside this one. The first line of the fixture says who wrote
it; each of the others is one call:

    of         the op or composition
    x          the inputs, and args, the other arguments as neurite takes them
    value      the outputs
    cot        a cotangent for each output; null where it carries no gradient; left out: all ones
    gradients  what is pulled back from these to each input; left out: not to be compared
    weights    cotangents of the gradients in turn, and second, what is pulled back from those
    float32    value and gradients of the same call in float32, in the decimals that round to them
    condition  how much a matrix may amplify an error of rounding

Inputs are drawn from one generator for each name and rounded to three decimals. NaN and the
infinities are the strings "NaN", "Infinity" and "-Infinity".
"""

import hashlib
import json
import math
import pathlib
import warnings
import zlib

import torch

import ops_elementwise
import ops_products
import ops_reductions
import ops_shapes
import ops_windows

HERE = pathlib.Path(__file__).resolve()
GROUPS = [ops_elementwise, ops_reductions, ops_shapes, ops_products, ops_windows]
SEED = 20261122

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
warnings.filterwarnings("error", message=".*deprecated.*")


class Cases:
    """The cases of one group, and what draws their inputs."""

    def __init__(self):
        self.all = []
        self.generators = {}

    def generator(self, name):
        seed = zlib.crc32(name.encode(), SEED)
        return self.generators.setdefault(name, torch.Generator().manual_seed(seed))

    def draw(self, name, shape, low=-3.0, high=3.0):
        unit = torch.rand(shape, generator=self.generator(name))
        return torch.round(low + (high - low) * unit, decimals=3)

    def add(
        self,
        name,
        f,
        *x,
        args=(),
        note=None,
        gradients=True,
        second=True,
        float32=True,
        condition=None,
    ):
        """One call f(*x, *args), where x are tensors, numbers or nested lists of numbers."""
        x = [v if isinstance(v, torch.Tensor) else torch.tensor(v) for v in x]
        call = Call(lambda *own: f(*own, *args), x, gradients)
        cot = weights = None
        if gradients and second:
            cot = [self.cotangent(name, y) for y in call.outputs]
            weights = [self.cotangent(name, v) for v in x]
        entry = {"of": name, "note": note, "x": [array(v) for v in x], "args": list(args)}
        entry |= {"condition": condition} | call.derivatives(cot, weights)
        if float32:
            narrow = [v.float() if v.is_floating_point() else v for v in x]
            found = Call(call.f, narrow, gradients).derivatives(cot, None)
            value = [v["data"] for v in found["value"]]
            entry["float32"] = {"value": value, "gradients": found["gradients"]}
        self.all.append({k: v for k, v in entry.items() if v not in (None, [])})

    def cotangent(self, name, y):
        return self.draw(f"{name}: cotangents", y.shape, -2, 2) if y.is_floating_point() else None


class Call:
    """A call and its outputs, ready to be differentiated."""

    def __init__(self, f, x, differentiable):
        self.f = f
        self.x = [v.clone().requires_grad_(differentiable and v.is_floating_point()) for v in x]
        outputs = f(*self.x)
        self.outputs = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]

    def derivatives(self, cot, weights):
        gradients = pulled(self.outputs, cot, self.x)
        entry = {"value": [array(y) for y in self.outputs], "cot": cot and parts(cot)}
        entry["gradients"] = parts(gradients)
        if weights and any(g is not None and g.requires_grad for g in gradients):
            entry["weights"] = parts(weights)
            entry["second"] = parts(pulled(gradients, weights, self.x))
        return entry


def pulled(outputs, cot, x):
    """What each input that carries a gradient receives, zeros too; None for the others."""
    wanted = [v for v in x if v.requires_grad]
    cot = cot or [None] * len(outputs)
    floats = [(y, c) for y, c in zip(outputs, cot) if y is not None and y.is_floating_point()]
    if not wanted or not floats:
        return []
    given = [(y, torch.ones_like(y) if c is None else c.to(y.dtype)) for y, c in floats]
    given = [(y, c) for y, c in given if y.requires_grad]
    if given:
        options = {"create_graph": True, "materialize_grads": True}
        outputs, cotangents = zip(*given)
        found = iter(torch.autograd.grad(outputs, wanted, cotangents, **options))
    else:
        found = map(torch.zeros_like, wanted)
    return [next(found) if v.requires_grad else None for v in x]


DTYPES = {torch.int32: "int32", torch.int64: "int32", torch.bool: "bool"}


def parts(values):
    return [None if v is None else flat(v) for v in values]


def array(value):
    """Shape, elements in row-major order, and the dtype where it is no float."""
    entry = {"shape": list(value.shape), "data": flat(value)}
    return entry | ({} if value.is_floating_point() else {"dtype": DTYPES[value.dtype]})


def flat(value):
    """The elements; those of float32 as the doubles nearest to their shortest decimals."""
    # A clone has elements even where PyTorch only knows that all are 0.
    elements = value.detach().clone().reshape(-1)
    if value.dtype == torch.float32:
        return [plain(float(str(v))) for v in elements.numpy()]
    return [plain(v) for v in (elements.int() if value.dtype == torch.bool else elements).tolist()]


def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    whole = value.is_integer() and abs(value) < 1e15 and math.copysign(1, value) * value >= 0
    return int(value) if whole and (value != 0 or math.copysign(1, value) > 0) else value


def line(value):
    return json.dumps(plain(value), allow_nan=False, separators=(",", ":")) + "\n"


def main():
    cases = Cases()
    for group in GROUPS:
        group.write(cases)
    scripts = sorted([HERE.name, *(f"{group.__name__}.py" for group in GROUPS)])
    sources = b"".join((HERE.parent / name).read_bytes() for name in scripts)
    made_by = {
        "scripts": scripts,
        "sha256": hashlib.sha256(sources).hexdigest(),
        "torch": torch.__version__,
        "seed": SEED,
    }
    lines = [made_by, *sorted(cases.all, key=lambda case: case["of"])]
    HERE.with_suffix(".jsonl").write_text("".join(map(line, lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
