"""Cases of reductions, cumulative functions and orders, for ops.py."""

import math

import torch

INF, NAN = math.inf, math.nan
KEPT = {"keepDims": True}

# Shape, and the arguments: axes and options.
CALLS = [
    ([], []),
    ([5], []),
    ([2, 3], []),
    ([2, 3], [0]),
    ([2, 3], [-1]),
    ([2, 3, 2], [[0, 2]]),
    ([2, 3, 2], [1, KEPT]),
    ([2, 3], [[0, 1], KEPT]),
]


def over(f):
    """f(x, dim, keepdim) with arguments as neurite has them; the axes left out are all."""

    def call(x, axes=None, options=None):
        dims = list(range(x.dim())) if axes is None else axes
        return f(
            x, [dims] if isinstance(dims, int) else dims, (options or {}).get("keepDims", False)
        )

    return call


def with_option(name, default, f):
    """f(x, dim, keepdim, option), where the option stands among neurite's."""

    def call(x, axes=None, options=None):
        value = (options or {}).get(name, default)
        return over(lambda *own: f(*own, value))(x, axes, options)

    return call


def each(f):
    """A function of one dim as one of several, the last first."""

    def call(x, dims, keepdim):
        for dim in sorted((d % x.dim() for d in dims), reverse=True):
            x = f(x, dim, keepdim)
        return x

    return call


total = over(lambda x, dims, keep: torch.sum(x, dims, keepdim=keep) if dims else x.clone())
average = over(lambda x, dims, keep: torch.mean(x, dims, keepdim=keep) if dims else x.clone())
largest = over(lambda x, dims, keep: torch.amax(x, dims, keepdim=keep))
smallest = over(lambda x, dims, keep: torch.amin(x, dims, keepdim=keep))
product = over(each(lambda x, dim, keep: torch.prod(x, dim, keepdim=keep)))
log_sum_exp = over(
    lambda x, dims, keep: torch.logsumexp(x, dims, keepdim=keep) if dims else x.clone()
)
variance = with_option(
    "correction", 1, lambda x, dims, keep, c: torch.var(x, dims, correction=c, keepdim=keep)
)
deviation = with_option(
    "correction", 1, lambda x, dims, keep, c: torch.std(x, dims, correction=c, keepdim=keep)
)
norm = with_option(
    "p", 2, lambda x, dims, keep, p: torch.linalg.vector_norm(x, p, dims or None, keepdim=keep)
)


def some(f):
    return over(each(lambda x, dim, keep: f(x, dim, keepdim=keep)))


def write(cases):
    sums(cases)
    moments(cases)
    extrema(cases)
    products(cases)
    truths(cases)
    softmaxes(cases)
    cumulative(cases)
    orders(cases)


def each_call(cases, name, f, calls=CALLS, **rest):
    for shape, args in calls:
        cases.add(name, f, cases.draw(name, shape), args=args, **rest)


def sums(cases):
    for name, f in (("sum", total), ("mean", average), ("logSumExp", log_sum_exp)):
        each_call(cases, name, f)
        cases.add(name, f, torch.zeros(0))
    cases.add("sum", total, torch.zeros(2, 0), args=[1])
    cases.add("sum", total, [[1.0, INF], [INF, -INF], [NAN, 1.0]], args=[1])
    rows = [[1.0, INF], [-INF, 2.0], [800.0, 800.0], [-800.0, -801.0]]
    # In float32 PyTorch's slopes are 3e-5 off in the last row: 0.73108 for sigmoid(1) = 0.7310586.
    cases.add("logSumExp", log_sum_exp, rows, args=[1], float32=False)


def moments(cases):
    # Three at least: the deviation of two is linear, its second derivative nothing but rounding.
    calls = [([5], []), ([2, 3], []), ([3, 2], [0]), ([2, 4], [-1]), ([2, 3, 2], [[0, 2], KEPT])]
    for name, f in (("variance", variance), ("std", deviation)):
        each_call(cases, name, f, calls)
        for correction in (0, 2):
            x = cases.draw(name, [2, 4])
            cases.add(name, f, x, args=[1, {"correction": correction}])
        cases.add(name, f, [[2.0, 2.0, 2.0], [1.0, 1.0, 1.0]], args=[1], note="equal values")
    for p in (1, 1.5, 2, 3, INF):
        for shape, axes in (([5], [0]), ([2, 3], [0, 1]), ([2, 3], -1)):
            cases.add("norm", norm, cases.draw("norm", shape), args=[axes, {"p": p}])
        rows = [[0.0, 0.0, 0.0], [3.0, -4.0, 0.0], [2.0, -2.0, 1.0]]
        # PyTorch's second derivative of p = 2 at zeros is NaN, neurite's 0.
        cases.add("norm", norm, rows, args=[1, {"p": p}], note="zeros and ties", second=p != 2)
    cases.add("norm", norm, cases.draw("norm", [2, 3, 2]), args=[[0, 2], {"keepDims": True}])
    cases.add("norm", norm, cases.draw("norm", [2, 3]))
    cases.add("norm", norm, torch.zeros(0))


def extrema(cases):
    ties = [[1.0, 3.0, 3.0], [2.0, 2.0, 2.0], [-1.0, 0.0, -0.0], [INF, -INF, INF]]
    for name, f, index in (("max", largest, torch.argmax), ("min", smallest, torch.argmin)):
        each_call(cases, name, f)
        cases.add(name, f, ties, args=[1], note="ties")
        cases.add(name, f, ties, args=[0], note="ties")
        cases.add(name, f, [[1.0, 1.0], [1.0, 1.0]], note="ties everywhere")
        place = f"arg{name}"
        for shape, args in (
            ([5], []),
            ([2, 3], []),
            ([2, 3], [0]),
            ([2, 3, 2], [1]),
            ([2, 3, 2], [-2]),
        ):
            cases.add(
                place,
                lambda x, axis=-1, index=index: index(x, axis),
                cases.draw(place, shape),
                args=args,
            )
        rows = [[1.0, 3.0, INF], [-INF, 0.0, 1.0]]
        cases.add(place, lambda x, axis=-1, index=index: index(x, axis), rows)
    # PyTorch's argmin picks NaN too; to neurite NaN is the largest of all, in argmin as in sort.
    cases.add("argmax", lambda x: torch.argmax(x, -1), [[1.0, NAN, INF], [-INF, 0.0, NAN]])


def products(cases):
    each_call(cases, "prod", product)
    rows = [[2.0, 0.0, 3.0], [0.0, 0.0, 4.0], [0.0, 0.0, 0.0], [1.0, 2.0, -3.0]]
    cases.add("prod", product, rows, args=[1], note="zeros")
    cases.add("prod", product, rows, args=[0], note="zeros")
    cases.add("prod", product, [1.0, 0.0, 5.0], note="one zero")
    cases.add("prod", product, torch.zeros(0))


def truths(cases):
    table = torch.tensor([[True, True, False], [True, True, True], [False, False, False]])
    for name, f in (("any", torch.any), ("all", torch.all)):
        for args in ([], [0], [1], [[0, 1]], [-1, KEPT]):
            cases.add(name, some(f), table, args=args)
        cases.add(name, some(f), torch.zeros(0, dtype=torch.bool))


def softmaxes(cases):
    rows = [[800.0, -800.0, 0.0], [-1000.0, -1000.0, -999.0], [0.0, -INF, 1.0]]
    for name, f in (("softmax", torch.softmax), ("logSoftmax", torch.log_softmax)):
        for shape, args in (([5], []), ([2, 3], [0]), ([2, 3], [1]), ([2, 3, 2], [-2])):
            cases.add(name, lambda x, axis=-1, f=f: f(x, axis), cases.draw(name, shape), args=args)
        cases.add(name, lambda x, axis=-1, f=f: f(x, axis), rows, note="far apart")


def cumulative(cases):
    for name, f in (("cumsum", torch.cumsum), ("cumprod", torch.cumprod)):
        for shape, axis in (([5], 0), ([2, 3], 0), ([2, 3], 1), ([2, 3, 2], -2), ([0, 3], 0)):
            cases.add(name, f, cases.draw(name, shape), args=[axis])
    rows = [[2.0, 0.0, 3.0, 4.0], [0.0, 0.0, 4.0, 1.0], [2.0, 3.0, 4.0, 0.0]]
    cases.add("cumprod", torch.cumprod, rows, args=[1], note="zeros")
    for shape, options in (
        ([5], {}),
        ([2, 3], {"axis": 0}),
        ([2, 4], {"axis": -1, "reverse": True}),
    ):
        a, b = cases.draw("linearRecurrence", shape), cases.draw("linearRecurrence", shape)
        cases.add("linearRecurrence", recurrence, a, b, args=[options])
    zeros = [[0.0, 2.0, 0.0, 1.0]]
    cases.add(
        "linearRecurrence", recurrence, zeros, [[1.0, -2.0, 3.0, 0.5]], args=[{}], note="zeros"
    )


def recurrence(a, b, options):
    """h[t] = a[t] h[t - 1] + b[t], step by step."""
    axis, backwards = options.get("axis", -1), options.get("reverse", False)
    steps = list(zip(a.unbind(axis), b.unbind(axis)))
    h, states = None, []
    for factor, term in reversed(steps) if backwards else steps:
        h = term if h is None else factor * h + term
        states.append(h)
    return torch.stack(states[::-1] if backwards else states, axis)


def orders(cases):
    ties = [[2.0, 1.0, 2.0, 1.0], [NAN, 3.0, -INF, INF], [0.0, 0.0, 0.0, 0.0]]
    calls = [([5], []), ([2, 4], [0]), ([2, 4], [-1, {"descending": True}]), ([2, 3, 2], [1])]
    for name, part in (("sort", 0), ("argsort", 1)):

        def f(x, axis=-1, options=None, part=part):
            descending = (options or {}).get("descending", False)
            return torch.sort(x, dim=axis, descending=descending, stable=True)[part]

        each_call(cases, name, f, calls)
        cases.add(name, f, ties, note="ties and NaN")
        cases.add(name, f, ties, args=[-1, {"descending": True}], note="ties and NaN")

    def topk(x, k, axis=-1):
        return list(torch.topk(x, k, axis))

    each_call(
        cases,
        "topk",
        topk,
        [([5], [2]), ([2, 4], [1, 0]), ([2, 4], [3]), ([2, 3, 2], [2, 1]), ([3], [0])],
    )
