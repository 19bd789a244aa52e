"""Writes torch.json: values and gradients from PyTorch for neurite's tests to agree with.

Run it with Python 3.11 or newer and `pip install torch==2.13.0` (the CPU build):

    python torch.py

This file has PyTorch's own name, so its folder is taken off the import path before PyTorch is imported.

Everything is float64 and computed on one thread. Inputs are drawn from one seeded generator and rounded to four
decimals, then stored next to the results. Arrays are nested lists; NaN and the infinities are the strings "NaN",
"Infinity" and "-Infinity"; a negative zero is written as 0. "cot" is always the cotangent: gradients are those of sum(out * cot), or of the value
itself where it is a scalar and no cot is given.
"""

import hashlib
import json
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve()
sys.path[:] = [p for p in sys.path if pathlib.Path(p).resolve() != HERE.parent]

import torch
import torch.nn.functional as F
from torch import nn

SCRIPT = "packages/nn/test/golden/torch.py"
SEED = 20240607
GEN = torch.Generator().manual_seed(SEED)

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def draw(*shape, scale=1.0):
    return torch.round(torch.randn(*shape, generator=GEN) * scale, decimals=4)


def tensor(value):
    return torch.tensor(value, dtype=torch.float64)


def plain(value):
    """Tensors to nested lists, what JSON has no number for to strings, and negative zeros to zeros."""
    if isinstance(value, torch.Tensor):
        return plain(value.detach().tolist())
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, float) and value == 0:
        return 0.0
    return value


def grads(total, **inputs):
    got = torch.autograd.grad(total, list(inputs.values()))
    return dict(zip(inputs, got))


def leaf(value):
    return value.clone().requires_grad_()


def applied(f, cot=None, **values):
    """f's value, and its gradients with respect to each named value."""
    inputs = {k: leaf(v if isinstance(v, torch.Tensor) else tensor(v)) for k, v in values.items()}
    out = f(**inputs)
    record = {"value": out}
    if cot is not None:
        record["cot"] = cot
    total = out.sum() if cot is None else (out * cot).sum()
    return {**record, "gradients": grads(total, **inputs)}


def linear():
    layer = nn.Linear(3, 4)
    with torch.no_grad():
        for p in layer.parameters():
            p.copy_(draw(*p.shape, scale=0.5))
    x, cot = leaf(draw(5, 3)), draw(5, 4)
    out = layer(x)
    return {
        "weight": layer.weight, "bias": layer.bias, "input": x, "out": out, "cot": cot,
        "gradients": grads((out * cot).sum(), weight=layer.weight, bias=layer.bias, input=x),
    }


def lstm():
    net = nn.LSTM(3, 4, batch_first=True)
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(draw(*p.shape, scale=0.5))
    params = dict(net.named_parameters())
    x, h0, c0 = leaf(draw(2, 5, 3)), leaf(draw(1, 2, 4, scale=0.5)), leaf(draw(1, 2, 4, scale=0.5))
    cot, cot_h, cot_c = draw(2, 5, 4), draw(1, 2, 4), draw(1, 2, 4)
    wanted = {**params, "x": x, "h0": h0, "c0": c0}
    out, (h_n, c_n) = net(x, (h0, c0))
    first = grads((out * cot).sum(), **wanted)
    out, (h_n, c_n) = net(x, (h0, c0))
    second = grads((out * cot).sum() + (h_n * cot_h).sum() + (c_n * cot_c).sum(), **wanted)
    return {
        "gateOrder": ["input", "forget", "cell", "output"],
        "weights": params, "x": x, "h0": h0, "c0": c0, "out": out, "h_n": h_n, "c_n": c_n,
        "cot": cot, "gradients": first,
        "cotOfStates": {"h_n": cot_h, "c_n": cot_c},
        "gradientsWithStates": second,
    }


def lstm_cell():
    cell = nn.LSTMCell(3, 4)
    with torch.no_grad():
        for p in cell.parameters():
            p.copy_(draw(*p.shape, scale=0.5))
    params = dict(cell.named_parameters())
    x, h, c = leaf(draw(2, 3)), leaf(draw(2, 4, scale=0.5)), leaf(draw(2, 4, scale=0.5))
    cot_h, cot_c = draw(2, 4), draw(2, 4)
    h1, c1 = cell(x, (h, c))
    total = (h1 * cot_h).sum() + (c1 * cot_c).sum()
    return {
        "weights": params, "x": x, "h": h, "c": c, "hNext": h1, "cNext": c1,
        "cot": {"hNext": cot_h, "cNext": cot_c},
        "gradients": grads(total, **params, x=x, h=h, c=c),
    }


def losses():
    pred, target = draw(6, 4), draw(6, 4)
    logits = tensor([-800.0, 800.0, -800.0, 800.0, 0.0, 0.0, -1.5, 2.25, 0.3, -40.0, 40.0, 1e-9])
    labels = tensor([0.0, 1.0, 1.0, 0.0, 0.0, 0.25, 1.0, 0.0, 0.7, 0.0, 1.0, 0.5])
    scores = draw(6, 4, scale=2.0)
    classes = [0, 3, 1, 2, 2, 0]
    probs = torch.softmax(draw(6, 4), 1)
    probs[5] = tensor([0.0, 1.0, 0.0, 0.0])
    wide = tensor([[800.0, -800.0, 0.0, 1.0], [-1000.0, -1000.0, -1000.0, -999.0]])
    return {
        "mse": {"input": pred, "target": target, **applied(lambda input: F.mse_loss(input, target), input=pred)},
        "binaryCrossEntropyWithLogits": {
            "input": logits, "target": labels,
            **applied(lambda input: F.binary_cross_entropy_with_logits(input, labels), input=logits),
        },
        "crossEntropyIndices": {
            "input": scores, "target": classes,
            **applied(lambda input: F.cross_entropy(input, torch.tensor(classes)), input=scores),
        },
        "crossEntropyProbabilities": {
            "input": scores, "target": probs,
            **applied(lambda input: F.cross_entropy(input, probs), input=scores),
        },
        "crossEntropyExtreme": {
            "input": wide, "target": [1, 3],
            **applied(lambda input: F.cross_entropy(input, torch.tensor([1, 3])), input=wide),
        },
    }


def optimizers():
    o = torch.optim
    settings = [
        ("sgd", o.SGD, {"lr": 0.1}),
        ("sgdMomentum", o.SGD, {"lr": 0.1, "momentum": 0.9}),
        ("sgdNesterov", o.SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
        ("sgdDampening", o.SGD, {"lr": 0.1, "momentum": 0.9, "dampening": 0.5, "weight_decay": 0.01}),
        ("rmsprop", o.RMSprop, {"lr": 0.01}),
        ("rmspropMomentum", o.RMSprop, {"lr": 0.01, "alpha": 0.9, "momentum": 0.5, "centered": False}),
        ("adam", o.Adam, {"lr": 0.01}),
        ("adamWeightDecay", o.Adam, {"lr": 0.01, "betas": [0.8, 0.95], "eps": 1e-6, "weight_decay": 0.02}),
    ]
    start, gradient = draw(4), draw(20, 4)
    runs = {}
    for name, kind, options in settings:
        p = nn.Parameter(start.clone())
        optimizer = kind([p], **{k: tuple(v) if isinstance(v, list) else v for k, v in options.items()})
        path = []
        for g in gradient:
            p.grad = g.clone()
            optimizer.step()
            path.append(p.detach().clone())
        runs[name] = {"class": kind.__name__, "options": options, "defaults": defaults_of(optimizer), "steps": path}
    return {"start": start, "gradients": gradient, "runs": runs}


def defaults_of(optimizer):
    """The settings in force that change the arithmetic (the others only choose an implementation)."""
    keep = ("lr", "momentum", "dampening", "nesterov", "weight_decay", "alpha", "eps", "centered", "betas", "amsgrad")
    return {k: optimizer.defaults[k] for k in keep if k in optimizer.defaults}


def activations():
    x = tensor([[0.5, -1.25, 2.0, 0.1], [-0.3, -0.7, 1.1, -2.4], [3.0, 0.25, -0.6, 0.9]])
    ties = tensor([[1.0, 3.0, 3.0, -2.0], [2.0, 2.0, 2.0, 2.0], [-5.0, 0.5, 4.0, 4.0]])
    magnitudes = tensor([[1.0, -3.0, 3.0, 2.0], [0.0, 0.0, 0.0, 0.0], [-4.0, 0.0, 1.0, 2.0]])
    other = tensor([[1.0, 2.0, 4.0, -2.0], [2.0, 3.0, 1.0, 2.0], [-5.0, 0.25, 4.0, 5.0]])
    full, row = draw(3, 4), draw(3)
    norm = torch.linalg.vector_norm
    result = {"x": x, "ties": ties, "magnitudes": magnitudes, "other": other, "cases": {}}

    def case(name, f, cot, inputs):
        values = {k: result[v] for k, v in inputs.items()}
        result["cases"][name] = {"inputs": inputs, **applied(f, cot, **values)}

    on_x = {"x": "x"}
    case("softmax dim 1", lambda x: torch.softmax(x, 1), full, on_x)
    case("softmax dim 0", lambda x: torch.softmax(x, 0), full, on_x)
    case("log_softmax dim 1", lambda x: torch.log_softmax(x, 1), full, on_x)
    case("logsumexp dim 1", lambda x: torch.logsumexp(x, 1), row, on_x)
    case("logsumexp all", lambda x: torch.logsumexp(x, (0, 1)), None, on_x)
    case("softplus", lambda x: F.softplus(x, threshold=1000), full, on_x)
    case("mean dim 1", lambda x: x.mean(1), row, on_x)
    case("mean all", lambda x: x.mean(), None, on_x)
    for correction in (1, 0):
        case(f"var dim 1 correction {correction}", lambda x, c=correction: x.var(1, correction=c), row, on_x)
        case(f"var all correction {correction}", lambda x, c=correction: x.var(correction=c), None, on_x)
    for label, order in (("1", 1), ("2", 2), ("3", 3), ("inf", math.inf)):
        case(f"norm {label} dim 1", lambda x, p=order: norm(x, p, 1), row, on_x)
        case(f"norm {label} all", lambda x, p=order: norm(x, p), None, on_x)
        case(f"norm {label} dim 1 of magnitudes", lambda x, p=order: norm(x, p, 1), row, {"x": "magnitudes"})
    case("amax dim 1", lambda x: torch.amax(x, 1), row, {"x": "ties"})
    case("amin dim 1", lambda x: torch.amin(x, 1), row, {"x": "ties"})
    case("amax all", lambda x: torch.amax(x), None, {"x": "ties"})
    case("max with dim 1 (values)", lambda x: torch.max(x, 1).values, row, {"x": "ties"})
    case("max all", lambda x: torch.max(x), None, {"x": "ties"})
    case("maximum", lambda a, b: torch.maximum(a, b), full, {"a": "ties", "b": "other"})
    case("minimum", lambda a, b: torch.minimum(a, b), full, {"a": "ties", "b": "other"})
    return result


def special_points():
    points = []

    def point(name, f, **inputs):
        points.append({"name": name, "inputs": inputs, **applied(f, **inputs)})

    point("sqrt", lambda x: torch.sqrt(x), x=0.0)
    point("abs", lambda x: torch.abs(x), x=0.0)
    point("relu", lambda x: torch.relu(x), x=0.0)
    point("log", lambda x: torch.log(x), x=0.0)
    point("reciprocal", lambda x: 1 / x, x=0.0)
    bases = [(0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (0.0, 0.5), (0.0, -1.0), (-2.0, 3.0), (2.0, 3.0), (2.0, 0.0), (2.0, -1.0)]
    for b, e in [*bases, (-2.0, 2.0), (-2.0, 0.5)]:
        points.append({
            "name": "pow with a number as exponent", "inputs": {"base": b}, "exponent": e,
            **applied(lambda base, e=e: torch.pow(base, e), base=b),
        })
        point("pow with a tensor as exponent", lambda base, exponent: torch.pow(base, exponent), base=b, exponent=e)
    point("maximum tie", lambda a, b: torch.maximum(a, b), a=1.5, b=1.5)
    point("minimum tie", lambda a, b: torch.minimum(a, b), a=1.5, b=1.5)
    point("amax tie", lambda x: torch.amax(x), x=[1.0, 2.0, 2.0])
    for label, order in (("1", 1), ("2", 2), ("3", 3), ("inf", math.inf)):
        point(f"norm {label} of zeros", lambda x, p=order: torch.linalg.vector_norm(x, p), x=[0.0, 0.0, 0.0])
    point("where(x > 0, log(x), 2 * x): NaN from the branch not taken", lambda x: torch.where(x > 0, x.log(), 2 * x), x=0.0)
    point("where(x > 0, sqrt(x), 2 * x): NaN from the branch not taken", lambda x: torch.where(x > 0, x.sqrt(), 2 * x), x=0.0)
    point(
        "where(x > 0, log(where(x > 0, x, 1)), 2 * x): the cure",
        lambda x: torch.where(x > 0, torch.where(x > 0, x, 1.0).log(), 2 * x), x=0.0,
    )
    return points


def initialisers():
    shape = [7, 5]
    weight = torch.empty(shape)
    fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(weight)
    gain = nn.init.calculate_gain("relu")
    result = {
        "shape": shape, "fanIn": fan_in, "fanOut": fan_out, "reluGain": gain,
        "xavierUniformBound": math.sqrt(6 / (fan_in + fan_out)),
        "xavierNormalStd": math.sqrt(2 / (fan_in + fan_out)),
        "kaimingUniformBoundFanInRelu": gain * math.sqrt(3 / fan_in),
        "kaimingNormalStdFanInRelu": gain / math.sqrt(fan_in),
    }
    # The formulas against what PyTorch draws: no uniform draw passes its bound, and the normals have their deviation.
    many = [4000, 5]
    for bound, init in (
        (lambda i, o: math.sqrt(6 / (i + o)), lambda w: nn.init.xavier_uniform_(w, generator=GEN)),
        (lambda i, o: gain * math.sqrt(3 / i), lambda w: nn.init.kaiming_uniform_(w, nonlinearity="relu", generator=GEN)),
    ):
        top = init(torch.empty(many)).abs().max().item() / bound(5, 4000)
        assert 0.999 < top <= 1, top
    for std, init in (
        (lambda i, o: math.sqrt(2 / (i + o)), lambda w: nn.init.xavier_normal_(w, generator=GEN)),
        (lambda i, o: gain / math.sqrt(i), lambda w: nn.init.kaiming_normal_(w, nonlinearity="relu", generator=GEN)),
    ):
        ratio = init(torch.empty(many)).std().item() / std(5, 4000)
        assert abs(ratio - 1) < 0.03, ratio
    return result


def training():
    net = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1))
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(draw(*p.shape, scale=0.4))
    names = ["weight1", "bias1", "weight2", "bias2"]
    initial = {n: p.detach().clone() for n, p in zip(names, net.parameters())}
    x = draw(16, 3)
    y = torch.round(torch.sin(x[:, :1]) + 0.5 * x[:, 1:2] * x[:, 2:], decimals=4)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    history = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = F.mse_loss(net(x), y)
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return {
        "layers": "Linear(3, 8), tanh, Linear(8, 1); mean squared error over the 16 rows; Adam(lr 0.01), full batch",
        "initial": initial, "x": x, "y": y,
        "lossBeforeEachStep": history,
        "lossAtTheEnd": F.mse_loss(net(x), y),
        "final": dict(zip(names, net.parameters())),
    }


def render(value, indent=0, width=116):
    """JSON with short values on one line and long lists of plain values wrapped."""
    flat = json.dumps(value, allow_nan=False)
    if len(flat) + indent <= width or not isinstance(value, (dict, list)) or not value:
        return flat
    pad, end = " " * (indent + 2), " " * indent
    if isinstance(value, dict):
        items = [f"{json.dumps(k)}: {render(v, indent + 2, width)}" for k, v in value.items()]
        return "{\n" + ",\n".join(pad + i for i in items) + "\n" + end + "}"
    if any(isinstance(v, (dict, list)) for v in value):
        return "[\n" + ",\n".join(pad + render(v, indent + 2, width) for v in value) + "\n" + end + "]"
    lines, line = [], ""
    for v in value:
        text = json.dumps(v, allow_nan=False) + ", "
        if line and len(pad) + len(line) + len(text) > width:
            lines.append(line.rstrip())
            line = ""
        line += text
    lines.append(line.rstrip(", "))
    return "[\n" + "\n".join(pad + i for i in lines) + "\n" + end + "]"


def main():
    fixture = {
        "_made_by": {
            "script": SCRIPT,
            "sha256": hashlib.sha256(HERE.read_bytes()).hexdigest(),
            "torch": torch.__version__,
            "seed": SEED,
        },
        "linear": linear(),
        "lstm": lstm(),
        "lstmCell": lstm_cell(),
        "losses": losses(),
        "optimizers": optimizers(),
        "activations": activations(),
        "specialPoints": special_points(),
        "initialisers": initialisers(),
        "training": training(),
    }
    HERE.with_suffix(".json").write_text(render(plain(fixture)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
