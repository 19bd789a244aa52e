"""What the scripts beside this one share: modules of PyTorch, run, differentiated and trained.

A script makes a `Cases("conv")`, adds `case(name, module, *inputs)` for each module and calls `write()`, which
leaves conv.json beside it. All is float64, on one thread; inputs come from one seeded generator, rounded to four
decimals. Of each case are kept: the state by PyTorch's names, inputs, outputs, cotangents, the gradients of
sum(outputs * cotangents), and the state after five steps of SGD (rate 0.05) down
sum(outputs * cotangents) + 0.05 * sum(outputs²), always on the same inputs.
Arrays are {"shape", "data"} with the elements in a row; integers and booleans say so in "dtype".
"""

import hashlib
import inspect
import json
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve()
sys.path[:] = [p for p in sys.path if pathlib.Path(p).resolve() != HERE.parent]

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def packed(x):
    """A tensor as plain data; what JSON has no number for becomes a string."""
    flat = x.detach().reshape(-1).tolist()
    names = {math.inf: "Infinity", -math.inf: "-Infinity"}
    data = [names.get(v, "NaN") if isinstance(v, float) and not math.isfinite(v) else v for v in flat]
    kept = {"shape": list(x.shape), "data": data}
    if not x.is_floating_point():
        kept["dtype"] = "bool" if x.dtype == torch.bool else "int32"
    return kept


def flattened(outputs):
    """The tensors of any nesting of tuples, in order."""
    if isinstance(outputs, torch.Tensor):
        return [outputs]
    return [x for part in outputs if part is not None for x in flattened(part)]


class Cases:
    def __init__(self, area, seed=20240607):
        self.area = area
        self.generator = torch.Generator().manual_seed(seed)
        self.cases = {}

    def draw(self, *shape, scale=1.0):
        return torch.round(torch.randn(*shape, generator=self.generator) * scale, decimals=4)

    def integers(self, high, *shape):
        return torch.randint(0, high, shape, generator=self.generator)

    def case(self, name, module, *inputs, call=None, redraw=True):
        """Adds a module, in the mode it is in; `call(module, *inputs)` says how, if not the plain way."""
        run = call or (lambda module, *inputs: module(*inputs))
        if redraw:
            with torch.no_grad():
                for p in module.parameters():
                    p.copy_(self.draw(*p.shape, scale=0.5))
        before = {k: packed(v) for k, v in module.state_dict().items()}
        inputs = [x.detach().clone().requires_grad_(x.is_floating_point()) for x in inputs]
        outputs = flattened(run(module, *inputs))
        cots = [self.draw(*y.shape) for y in outputs]
        total = sum((y * c).sum() for y, c in zip(outputs, cots))
        floats = [x for x in inputs if x.requires_grad]
        named = {k: p for k, p in module.named_parameters() if p.requires_grad}
        gradients = torch.autograd.grad(total, floats + list(named.values()), allow_unused=True)
        gradients = [torch.zeros_like(x) if g is None else g for g, x in zip(gradients, floats + list(named.values()))]
        made = {
            "state": before,
            "inputs": [packed(x) for x in inputs],
            "outputs": [packed(y) for y in outputs],
            "cots": [packed(c) for c in cots],
            "inputGradients": [packed(g) for g in gradients[: len(floats)]],
            "gradients": {k: packed(g) for k, g in zip(named, gradients[len(floats):])},
        }
        if named:
            # The state as it was: the run above may have moved running statistics.
            module.load_state_dict({k: unpacked(v) for k, v in before.items()})
            optimizer = torch.optim.SGD(named.values(), lr=0.05)
            fixed = [x.detach() for x in inputs]
            for _ in range(5):
                optimizer.zero_grad()
                outputs = flattened(run(module, *fixed))
                loss = sum((y * c).sum() + 0.05 * y.square().sum() for y, c in zip(outputs, cots))
                loss.backward()
                optimizer.step()
            made["trained"] = {k: packed(v) for k, v in module.state_dict().items()}
        self.cases[name] = made

    def write(self):
        script = pathlib.Path(inspect.stack()[1].filename).resolve()
        text = script.read_text(encoding="utf-8") + HERE.read_text(encoding="utf-8")
        made_by = {"script": f"packages/nn/test/golden/{script.name}",
                   "sha256": hashlib.sha256(text.encode()).hexdigest(), "torch": torch.__version__.split("+")[0]}
        lines = [f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in self.cases.items()]
        body = "{\n" + f'  "_made_by": {json.dumps(made_by)},\n' + ",\n".join(lines) + "\n}\n"
        (HERE.parent / f"{self.area}.json").write_text(body, encoding="utf-8")
        print(f"{self.area}.json: {len(self.cases)} cases")


def unpacked(kept):
    dtype = {"bool": torch.bool, "int32": torch.int64}.get(kept.get("dtype"), torch.float64)
    return torch.tensor([float(v) if isinstance(v, str) else v for v in kept["data"]], dtype=dtype).reshape(kept["shape"])
