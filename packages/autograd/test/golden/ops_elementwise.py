"""Cases of arithmetic, comparison, choice and the analytic functions, for ops.py."""

import math

import torch
import torch.nn.functional as F

INF, NAN = math.inf, math.nan
EVERYWHERE = [0.0, -0.0, INF, -INF, NAN]


def softplus(x):
    """PyTorch's form overflows unless it turns into x somewhere: here where nobody can tell."""
    return F.softplus(x, threshold=50)


# Name, function, where it is smooth, and points where value and slope are a convention or hard.
UNARY = [
    ("abs", torch.abs, (0.2, 3), [0.0, -0.0, INF, -INF]),
    ("acos", torch.acos, (-0.9, 0.9), [1.0, -1.0, 0.0, 1.5, NAN]),
    ("acosh", torch.acosh, (1.2, 5), [1.0, 0.5, INF, NAN]),
    ("alias", torch.clone, (-3, 3), EVERYWHERE),
    ("asin", torch.asin, (-0.9, 0.9), [1.0, -1.0, 0.0, -0.0, 1.5, NAN]),
    ("asinh", torch.asinh, (-3, 3), [0.0, -0.0, 1e-10, 20.0, -20.0, INF, -INF, NAN]),
    ("atan", torch.atan, (-3, 3), [*EVERYWHERE, 1e10, -1e-10]),
    ("atanh", torch.atanh, (-0.9, 0.9), [1.0, -1.0, 0.0, -0.0, 1.5, NAN]),
    ("ceil", torch.ceil, (-3, 3), [*EVERYWHERE, 2.0, -0.5]),
    ("cos", torch.cos, (-3, 3), [0.0, 100.0, 1e6, INF, NAN]),
    ("cosh", torch.cosh, (-3, 3), [0.0, INF, -INF, NAN]),
    ("detach", torch.detach, (-3, 3), EVERYWHERE),
    ("erf", torch.erf, (-2, 2), [*EVERYWHERE, 1e-10, 6.0, -6.0]),
    ("erfInv", torch.erfinv, (-0.9, 0.9), [0.0, 1.0, -1.0, 1.5, NAN]),
    ("erfc", torch.erfc, (-2, 2), [*EVERYWHERE, -6.0]),
    ("exp", torch.exp, (-3, 3), [0.0, INF, -INF, NAN]),
    ("expm1", torch.expm1, (-3, 3), [0.0, -0.0, 1e-10, -40.0, INF, -INF, NAN]),
    ("floor", torch.floor, (-3, 3), [*EVERYWHERE, 2.0, -0.5]),
    ("isFinite", torch.isfinite, (-3, 3), EVERYWHERE),
    ("isNaN", torch.isnan, (-3, 3), EVERYWHERE),
    ("log", torch.log, (0.2, 5), [0.0, 1.0, -1.0, INF, NAN]),
    ("log1p", torch.log1p, (-0.8, 5), [-1.0, 0.0, 1e-10, -2.0, INF, NAN]),
    ("log2", torch.log2, (0.2, 5), [0.0, 1.0, 8.0, -1.0, INF, NAN]),
    ("neg", torch.neg, (-3, 3), EVERYWHERE),
    ("reciprocal", torch.reciprocal, (0.2, 3), [0.0, -0.0, INF, -INF, NAN]),
    ("relu", torch.relu, (0.2, 3), [0.0, -0.0, INF, -INF]),
    ("round", torch.round, (-3, 3), [*EVERYWHERE, 0.5, 1.5, 2.5, -0.5, -1.5]),
    ("rsqrt", torch.rsqrt, (0.2, 5), [0.0, -1.0, INF, NAN]),
    ("sech", lambda x: 1 / torch.cosh(x), (-3, 3), [0.0, 30.0, -30.0, NAN]),
    ("sigmoid", torch.sigmoid, (-3, 3), [*EVERYWHERE, 40.0, -40.0, 800.0, -800.0]),
    ("sign", torch.sign, (0.2, 3), EVERYWHERE),
    ("sin", torch.sin, (-3, 3), [0.0, -0.0, 100.0, 1e6, INF, NAN]),
    ("sinh", torch.sinh, (-3, 3), [0.0, -0.0, 1e-10, INF, -INF, NAN]),
    ("softplus", softplus, (-3, 3), [*EVERYWHERE[:4], 30.0, 800.0, -800.0, -30.0]),
    ("sqrt", torch.sqrt, (0.2, 5), [0.0, -1.0, INF, NAN]),
    ("square", torch.square, (-3, 3), EVERYWHERE),
    ("stopGradient", torch.detach, (-3, 3), EVERYWHERE),
    ("tan", torch.tan, (-1.3, 1.3), [0.0, -0.0, 100.0, INF, NAN]),
    ("tanh", torch.tanh, (-3, 3), [*EVERYWHERE, 1e-10, 30.0, -30.0]),
    ("trunc", torch.trunc, (-3, 3), [*EVERYWHERE, 2.0, -0.5]),
]

BINARY = [
    ("add", torch.add, (-3, 3)),
    ("atan2", torch.atan2, (0.2, 3)),
    ("div", torch.div, (0.2, 3)),
    ("eq", torch.eq, (-3, 3)),
    ("fmod", torch.fmod, (0.2, 3)),
    ("ge", torch.ge, (-3, 3)),
    ("gt", torch.gt, (-3, 3)),
    ("le", torch.le, (-3, 3)),
    ("lt", torch.lt, (-3, 3)),
    ("maximum", torch.maximum, (-3, 3)),
    ("minimum", torch.minimum, (-3, 3)),
    ("mul", torch.mul, (-3, 3)),
    ("ne", torch.ne, (-3, 3)),
    ("pow", torch.pow, (0.2, 3)),
    ("remainder", torch.remainder, (0.2, 3)),
    ("sub", torch.sub, (-3, 3)),
]

BROADCASTS = [
    ([2, 3], [2, 3]),
    ([2, 3], [3]),
    ([3], [2, 3]),
    ([2, 1], [1, 3]),
    ([], [3]),
    ([3], []),
    ([], []),
    ([0, 3], [3]),
]

# Pairs where value and slopes are a convention.
# fmt: off
EQUAL = [(0.0, 0.0), (0.0, -0.0), (1.0, 1.0), (2.0, 1.0), (INF, INF), (INF, -INF)]
UNORDERED = [(NAN, 1.0), (1.0, NAN), (NAN, NAN)]
DIVIDED = [(7.0, 3.0), (-7.0, 3.0), (7.0, -3.0), (-7.0, -3.0), (6.0, 3.0), (5.5, 2.0), (5.5, -2.0)]
POINTS = {
    "atan2": [
        (0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 2.0), (0.0, -2.0), (-0.0, -2.0), (1.0, INF),
        (NAN, 1.0),
    ],
    "div": [(1.0, 0.0), (-1.0, 0.0), (0.0, 0.0), (1.0, INF), (INF, INF), (NAN, 1.0)],
    "fmod": [*DIVIDED, (NAN, 1.0)],
    "maximum": EQUAL,
    "minimum": EQUAL,
    "pow": [
        (0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (0.0, 0.5), (0.0, -1.0), (-2.0, 3.0), (2.0, 0.0),
        (-2.0, 2.0), (-2.0, 0.5), (INF, 0.0), (INF, 2.0), (1.0, INF), (2.0, INF), (2.0, -INF),
        (0.5, INF), (NAN, 0.0), (1.0, NAN),
    ],
    "remainder": [*DIVIDED, (NAN, 1.0)],
} | {name: [*EQUAL, *UNORDERED] for name in ("eq", "ne", "lt", "le", "gt", "ge")}
# fmt: on

# Where PyTorch's second derivative is not the limit: acosh at infinity, atan2(0, 0) and pow at a
# base of 0 (NaN for 0), sigmoid where 1 - y rounds to 0 (at 40: 0 for -4.2e-18); and where there is
# none: fmod and remainder of NaN.
FIRST_ORDER = ["acosh", "atan2", "fmod", "pow", "remainder", "sigmoid"]

LOGIC = [
    ("logicalAnd", torch.logical_and),
    ("logicalOr", torch.logical_or),
    ("logicalXor", torch.logical_xor),
]


def signed(cases, name, shape, domain):
    """Drawn from the domain, of either sign where the domain only keeps off a kink at 0."""
    x = cases.draw(name, shape, *domain)
    both = name in ("abs", "atan2", "div", "fmod", "reciprocal", "relu", "remainder", "sign")
    return torch.where(cases.draw(name, shape, -1, 1) < 0, -x, x) if both else x


def write(cases):
    for name, f, domain, points in UNARY:
        for shape in ([], [5], [2, 3], [0, 3]):
            cases.add(name, f, signed(cases, name, shape, domain))
        cases.add(name, f, points, note="special points", second=name not in FIRST_ORDER)
    for name, f, domain in BINARY:
        for a, b in BROADCASTS:
            cases.add(name, f, signed(cases, name, a, domain), signed(cases, name, b, domain))
        if name in POINTS:
            a, b = zip(*POINTS[name])
            second = name not in FIRST_ORDER
            cases.add(name, f, list(a), list(b), note="special points", second=second)
    # Where the value is NaN there is no slope to compare.
    for f in (torch.fmod, torch.remainder):
        cases.add(f.__name__, f, [1.0, INF], [0.0, 2.0], note="NaN", gradients=False)
    for f in (torch.maximum, torch.minimum):
        a, b = zip(*UNORDERED)
        cases.add(f.__name__, f, list(a), list(b), note="NaN", gradients=False)
    for name, f in LOGIC:
        cases.add(
            name,
            f,
            torch.tensor([True, True, False, False]),
            torch.tensor([True, False, True, False]),
        )
        cases.add(name, f, torch.tensor([[True], [False]]), torch.tensor([True, False, True]))
    cases.add("logicalNot", torch.logical_not, torch.tensor([[True, False], [False, True]]))
    cases.add("logicalNot", torch.logical_not, torch.tensor(True))
    powers(cases)
    clamps(cases)
    choices(cases)
    casts(cases)


def powers(cases):
    for exponent in (0, 1, 2, 3, -1, -2, 0.5, 1.5, -0.5):
        cases.add("pow", torch.pow, cases.draw("pow", [3], 0.2, 3), args=[exponent])
    for exponent in (0, 1, 2, 3, -1, -2):
        cases.add(
            "pow",
            torch.pow,
            cases.draw("pow", [3], -3, -0.2),
            args=[exponent],
            note="negative base",
        )
    for exponent in (0, 1, 2, 0.5, -1, 1.5):
        cases.add("pow", torch.pow, 0.0, args=[exponent], note="a number at 0")


def clamps(cases):
    for bounds in ([-1, 1], [None, 0.5], [-0.5, None]):
        cases.add("clamp", torch.clamp, cases.draw("clamp", [2, 3]), args=bounds)
    cases.add("clamp", torch.clamp, cases.draw("clamp", []), args=[-1, 1])
    cases.add(
        "clamp",
        torch.clamp,
        [-2.0, -1.0, 0.0, 1.0, 2.0, INF, -INF],
        args=[-1, 1],
        note="at the bounds",
    )
    cases.add("clamp", torch.clamp, [-2.0, 0.0, 2.0], args=[1, -1], note="min > max")
    low, high = cases.draw("clamp", [3], -2, -1), cases.draw("clamp", [2, 1], 1, 2)
    cases.add(
        "clamp", torch.clamp, cases.draw("clamp", [2, 3]), low, high, note="tensors as bounds"
    )


def choices(cases):
    condition = torch.tensor([[True, False, True], [False, False, True]])
    for a, b in (([2, 3], [2, 3]), ([3], []), ([], [2, 1])):
        cases.add("where", torch.where, condition, cases.draw("where", a), cases.draw("where", b))
    cases.add(
        "where", torch.where, torch.tensor(True), cases.draw("where", [3]), cases.draw("where", [])
    )
    points = [0.0, 4.0, -1.0]
    cases.add(
        "where",
        torch.where,
        torch.tensor([True, False, True]),
        [INF, NAN, 1.0],
        points,
        note="NaN not taken",
    )


def casts(cases):
    kinds = {
        "float32": torch.float32,
        "float64": torch.float64,
        "int32": torch.int32,
        "bool": torch.bool,
    }
    for to, kind in kinds.items():
        x = cases.draw("cast", [2, 3])
        cases.add(
            "cast", lambda x, to, kind=kind: x.to(kind), x, args=[to], float32=to != "float64"
        )
    cases.add(
        "cast", lambda x, to: x.to(torch.float64), torch.tensor([[1, -2], [0, 3]]), args=["float64"]
    )
