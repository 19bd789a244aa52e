"""Cases of products and linear algebra, for ops.py."""

import torch


def write(cases):
    products(cases)
    contractions(cases)
    sums_of_products(cases)
    linear_algebra(cases)


def pairs(cases, name, f, shapes, args=()):
    for a, b in shapes:
        cases.add(name, f, cases.draw(name, a), cases.draw(name, b), args=args)


def products(cases):
    pairs(cases, "dot", torch.matmul, [([3], [3]), ([2, 3], [3]), ([2, 2, 3], [3]), ([0], [0])])
    pairs(cases, "outer", torch.outer, [([3], [2]), ([1], [4]), ([0], [2])])
    batches = [
        ([2, 2, 3], [2, 3, 2]),
        ([2, 1, 2, 3], [3, 3, 1]),
        ([2, 3], [2, 3, 2]),
        ([2, 2, 3], [3, 2]),
        ([3], [2, 3, 2]),
    ]
    ranks = [([3], [3]), ([2, 3], [3]), ([3], [3, 2]), ([2, 3], [3, 4]), ([2, 0], [0, 3])]
    pairs(cases, "matmul", torch.matmul, [*ranks, *batches])


def contractions(cases):
    for a, b, options, equation in (
        ([2, 3], [3, 4], {"axes": [[1], [0]]}, "ij,jk->ik"),
        ([2, 3], [2, 3], {"axes": [[0, 1], [0, 1]]}, "ij,ij->"),
        ([3, 2], [2, 3], {"axes": [[0], [1]]}, "ij,ki->jk"),
        ([2, 3, 2], [2, 2, 3], {"axes": [[1], [2]], "batch": [[0], [0]]}, "bij,bki->bjk"),
        ([2, 3], [2, 3], {"axes": [[], []], "batch": [[0, 1], [0, 1]]}, "ij,ij->ij"),
        ([2], [3], {"axes": [[], []]}, "i,j->ij"),
    ):
        x = [cases.draw("contract", a), cases.draw("contract", b)]
        cases.add("contract", lambda a, b, _, e=equation: torch.einsum(e, a, b), *x, args=[options])


def sums_of_products(cases):
    for equation, *shapes in (
        ("ij,jk->ik", [2, 3], [3, 2]),
        ("ij,jk", [2, 3], [3, 2]),
        ("bij,bjk->bik", [2, 2, 3], [2, 3, 2]),
        ("i,j->ij", [2], [3]),
        ("ii->i", [3, 3]),
        ("ii", [3, 3]),
        ("ij->ji", [2, 3]),
        ("ij->", [2, 3]),
        ("...ij,...jk->...ik", [2, 2, 3], [2, 3, 2]),
        ("i...,i...->...", [2, 3], [2, 3]),
        ("ij,jk,kl->il", [2, 3], [3, 2], [2, 2]),
        ("i,i,i->", [3], [3], [3]),
        ("iij,j->i", [2, 2, 3], [3]),
        ("ba", [2, 3]),
    ):
        x = [cases.draw("einsum", shape) for shape in shapes]
        cases.add("einsum", lambda *own: torch.einsum(own[-1], *own[:-1]), *x, args=[equation])


def linear_algebra(cases):
    for shape in ([1, 1], [2, 2], [3, 3], [2, 3, 3]):
        a = near_identity(cases, "cholesky", shape)
        spd = torch.round(a @ a.mT + torch.eye(shape[-1]), decimals=2)
        conditioned(cases, "cholesky", torch.linalg.cholesky, spd)
        for name, f in (("inv", torch.linalg.inv), ("det", torch.linalg.det)):
            conditioned(cases, name, f, near_identity(cases, name, shape))
    for a, b in (([2, 2], [2]), ([3, 3], [3]), ([3, 3], [3, 2]), ([2, 3, 3], [2, 3, 1])):
        conditioned(
            cases,
            "solve",
            torch.linalg.solve,
            near_identity(cases, "solve", a),
            cases.draw("solve", b),
        )
    for shape, directions in (([3, 3], 0), ([2, 3, 3], 0), ([4, 4], 1), ([4, 4], 2)):
        h = [cases.draw("cofactors", shape) for _ in range(directions)]
        conditioned(cases, "cofactors", cofactors, near_identity(cases, "cofactors", shape), *h)
    # Solving needs another row first: the pivot is not on the diagonal.
    turned = torch.tensor([[0.0, 2.0, 1.0], [1.0, 0.0, 3.0], [2.0, 1.0, 0.0]])
    conditioned(cases, "solve", torch.linalg.solve, turned, cases.draw("solve", [3]))
    conditioned(cases, "inv", torch.linalg.inv, turned)
    conditioned(cases, "det", torch.linalg.det, turned)
    cases.add("det", torch.linalg.det, [[1.0, 2.0], [2.0, 4.0]], note="singular")
    singular = [[2.0, 1.0, 3.0], [4.0, 2.0, 6.0], [1.0, 0.0, 1.0]]
    # The cofactors are whole numbers: PyTorch's are 1e-14 off in float64, 1e-5 in float32.
    cases.add("det", torch.linalg.det, singular, note="singular", float32=False)


def cofactors(a, *directions):
    """The gradient of the determinant; with directions, its derivative along them."""
    value = torch.linalg.det(a).sum()
    for direction in directions:
        value = (slopes(value, a) * direction).sum()
    return slopes(value, a)


def slopes(value, x):
    return torch.autograd.grad(value, x, create_graph=True)[0]


def near_identity(cases, name, shape):
    return cases.draw(name, shape, -0.8, 0.8) + 2 * torch.eye(shape[-1])


def conditioned(cases, name, f, a, *rest):
    """A case that knows how much its matrix may amplify an error of rounding."""
    condition = round(torch.linalg.cond(a).max().item(), 1)
    cases.add(name, f, a, *rest, condition=condition)
