"""Cases of shapes, orders, parts and indexing, for ops.py."""

import torch
import torch.nn.functional as F


def write(cases):
    shapes(cases)
    joins(cases)
    parts(cases)
    repeats(cases)
    triangles(cases)
    indices(cases)


def several(cases, name, f, calls):
    """One case for each shape and its arguments, curved before and after: movements are linear."""
    for shape, args in calls:
        cases.add(name, f, cases.draw(name, shape), args=args)


def shapes(cases):
    several(
        cases,
        "reshape",
        torch.reshape,
        [([2, 3], [[3, 2]]), ([2, 3], [[-1]]), ([], [[1, 1]]), ([0, 3], [[3, 0]])],
    )

    def transpose(x, order=None):
        return x.permute(order) if order else x.transpose(-2, -1)

    orders = [([2, 3], [[1, 0]]), ([2, 3, 2], [[2, 0, 1]]), ([2, 3], [[-1, 0]]), ([], [[]])]
    several(cases, "transpose", transpose, [*orders[:3], ([2, 3], []), ([2, 1, 3], [])])
    several(cases, "permute", torch.permute, orders)
    several(
        cases,
        "broadcastTo",
        torch.broadcast_to,
        [([3], [[2, 3]]), ([2, 1], [[2, 3]]), ([], [[2]]), ([1, 3], [[2, 2, 3]])],
    )

    def squeeze(x, *axes):
        return x.squeeze(axes) if axes else x.squeeze()

    several(
        cases,
        "squeeze",
        squeeze,
        [([1, 3, 1], []), ([1, 3, 1], [0]), ([1, 3, 1], [-1]), ([2, 3], [])],
    )

    def unsqueeze(x, *axes):
        rank = x.dim() + len(axes)
        for axis in sorted(a % rank for a in axes):
            x = x.unsqueeze(axis)
        return x

    several(cases, "unsqueeze", unsqueeze, [([3], [0]), ([3], [-1]), ([2, 3], [0, 2]), ([], [0])])


def joins(cases):
    def concat(*own):
        return torch.cat(own[:-1], own[-1])

    for sides, axis in (([[2, 3], [1, 3]], 0), ([[2, 1], [2, 3], [2, 2]], -1), ([[2], [3]], 0)):
        cases.add("concat", concat, *(cases.draw("concat", shape) for shape in sides), args=[axis])

    def stack(*own):
        return torch.stack(own[:-1], own[-1])

    for shape, axis in (([3], 0), ([3], -1), ([2, 3], 1), ([], 0)):
        cases.add("stack", stack, *(cases.draw("stack", shape) for _ in range(3)), args=[axis])

    def split(x, pieces, axis=0):
        return torch.split(x, x.shape[axis] // pieces if isinstance(pieces, int) else pieces, axis)

    several(
        cases,
        "split",
        split,
        [([6], [3]), ([2, 4], [2, 1]), ([5], [[2, 3]]), ([2, 5], [[1, 0, 4], -1])],
    )


def parts(cases):
    def sliced(x, *ranges):
        for axis, given in reversed(list(enumerate(ranges))):
            if isinstance(given, int):
                x = x.select(axis, given)
            elif given is not None:
                places = list(range(x.shape[axis]))[slice(*given)]
                x = x.index_select(axis, torch.tensor(places, dtype=torch.int64))
        return x

    several(
        cases,
        "slice",
        sliced,
        [
            ([5], [[1, 4]]),
            ([5], [[None, None, 2]]),
            ([5], [[None, None, -1]]),
            ([5], [[4, None, -2]]),
            ([2, 3], [1]),
            ([2, 3], [None, -1]),
            ([3, 4], [[1, None], [0, -1]]),
            ([5], [[3, 3]]),
        ],
    )
    several(cases, "flip", torch.flip, [([5], [[0]]), ([2, 3], [[0, 1]]), ([2, 3], [[-1]])])

    def pad(x, widths, options=None):
        gaps, value = (options or {}).get("gaps"), (options or {}).get("value", 0)
        for axis, (before, after) in enumerate(widths):
            if gaps:
                places = torch.arange(x.shape[axis]) * (gaps[axis] + 1)
                shape = list(x.shape)
                shape[axis] = int(places[-1]) + 1
                x = torch.full(shape, value, dtype=x.dtype).index_copy(axis, places, x)
            x = F.pad(x.transpose(axis, -1), (before, after), value=value).transpose(axis, -1)
        return x

    several(
        cases,
        "pad",
        pad,
        [
            ([3], [[[1, 2]]]),
            ([2, 3], [[[0, 1], [2, 0]]]),
            ([2, 2], [[[1, 1], [1, 1]], {"value": 1.5}]),
            ([2, 3], [[[1, 0], [0, 1]], {"gaps": [1, 2]}]),
        ],
    )


def repeats(cases):
    several(
        cases,
        "roll",
        torch.roll,
        [([5], [2, 0]), ([2, 3], [-1, 1]), ([2, 3], [4, -1]), ([2, 3], [1, 0])],
    )
    several(
        cases,
        "tile",
        torch.tile,
        [([3], [[2]]), ([2, 3], [[2, 1]]), ([3], [[2, 2]]), ([], [[2, 2]]), ([2, 3], [[2]])],
    )
    several(
        cases,
        "repeat",
        torch.repeat_interleave,
        [([3], [2, 0]), ([2, 3], [2, 1]), ([2, 3], [3, -2])],
    )


def triangles(cases):
    for name, f in (("tril", torch.tril), ("triu", torch.triu)):
        several(cases, name, f, [([3, 3], []), ([2, 4], [1]), ([3, 2], [-1]), ([2, 3, 3], [0])])
    several(
        cases,
        "diag",
        torch.diag,
        [([3], []), ([2], [1]), ([2], [-1]), ([3, 3], []), ([2, 4], [1]), ([3, 3], [-1])],
    )
    several(cases, "trace", torch.trace, [([3, 3], []), ([2, 4], []), ([4, 2], [])])


def indices(cases):
    def gather(x, index, axis):
        return torch.gather(x, axis, index.long())

    rows, columns = torch.tensor([[0, 1, 1], [2, 0, 0]]), torch.tensor([[1, 1], [0, 2], [2, 2]])
    cases.add("gather", gather, cases.draw("gather", [3, 3]), rows, args=[0])
    cases.add("gather", gather, cases.draw("gather", [3, 3]), columns, args=[1])
    cases.add("gather", gather, cases.draw("gather", [4]), torch.tensor([3, 3, 0]), args=[-1])

    def along(x, index, axis):
        return torch.take_along_dim(x, index.long(), axis)

    cases.add("takeAlongAxis", along, cases.draw("takeAlongAxis", [3, 3]), columns, args=[1])
    cases.add("takeAlongAxis", along, cases.draw("takeAlongAxis", [3, 4]), columns[:, :1], args=[1])
    cases.add(
        "takeAlongAxis", along, cases.draw("takeAlongAxis", [3, 4]), columns[:1, :1], args=[0]
    )

    def select(x, index, axis):
        return torch.index_select(x, axis, index.long())

    for shape, axis in (([3], 0), ([3, 2], 0), ([2, 3], -1), ([2, 3, 2], 1)):
        cases.add(
            "indexSelect",
            select,
            cases.draw("indexSelect", shape),
            torch.tensor([2, 0, 2, 1]),
            args=[axis],
        )

    def scatter(x, index, source, axis):
        return x.scatter_add(axis, index.long(), source)

    name = "scatterAdd"
    cases.add(name, scatter, cases.draw(name, [3, 3]), rows, cases.draw(name, [2, 3]), args=[0])
    cases.add(name, scatter, cases.draw(name, [3, 3]), columns, cases.draw(name, [3, 2]), args=[1])
    cases.add(
        name,
        scatter,
        cases.draw(name, [2]),
        torch.tensor([1, 1, 1]),
        cases.draw(name, [3]),
        args=[-1],
    )

    def one_hot(labels, classes):
        return F.one_hot(labels.long(), classes).to(torch.float32)

    for labels in ([2, 0, 3], [[1, 1], [0, 2]], 1):
        cases.add("oneHot", one_hot, torch.tensor(labels), args=[4], float32=False)
