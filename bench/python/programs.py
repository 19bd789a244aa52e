"""The workloads in PyTorch, eager. Each takes its arrays and returns a function that runs once."""

import torch
from torch.nn import functional as F


def learning(*arrays):
    return [array.requires_grad_() for array in arrays]


def training(parameters, optimizer, loss_of):
    """A training step; every contestant reads its loss as a number."""

    def step():
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def tiny_mlp(x, y, w1, b1, w2, b2, w3, b3):
    parameters = w1, b1, w2, b2, w3, b3 = learning(w1, b1, w2, b2, w3, b3)

    def loss():
        h = torch.tanh(torch.addmm(b1, x, w1))
        h = torch.tanh(torch.addmm(b2, h, w2))
        return F.mse_loss(torch.addmm(b3, h, w3), y)

    return training(parameters, torch.optim.SGD(parameters, lr=0.05), loss)


def classifier(x, labels, w1, b1, w2, b2, w3, b3):
    parameters = w1, b1, w2, b2, w3, b3 = learning(w1, b1, w2, b2, w3, b3)
    labels = labels.long()

    def loss():
        h = torch.relu(torch.addmm(b1, x, w1))
        h = torch.relu(torch.addmm(b2, h, w2))
        return F.cross_entropy(torch.addmm(b3, h, w3), labels)

    return training(parameters, torch.optim.Adam(parameters, lr=0.001), loss)


def lstm(x, labels, wx, wh, bx, bh, wd, bd):
    inputs, hidden = wx.shape[0], wh.shape[0]
    layer = torch.nn.LSTM(inputs, hidden)
    dense = torch.nn.Linear(hidden, wd.shape[1])
    values = [wx.T, wh.T, bx, bh, wd.T, bd]
    parameters = [*layer.parameters(), *dense.parameters()]
    with torch.no_grad():
        for parameter, value in zip(parameters, values):
            parameter.copy_(value)
    labels = labels.long()

    def loss():
        _, (h, _) = layer(x)
        return F.cross_entropy(dense(h[0]), labels)

    return training(parameters, torch.optim.Adam(parameters, lr=0.001), loss)


def residual(x, y, w, b):
    ws = [w_i.clone().requires_grad_() for w_i in w]
    bs = [b_i.clone().requires_grad_() for b_i in b]
    parameters = [*ws, *bs]

    def loss():
        h = x
        for w_i, b_i in zip(ws, bs):
            h = h + torch.relu(torch.addmm(b_i, h, w_i))
        return F.mse_loss(h, y)

    return training(parameters, torch.optim.SGD(parameters, lr=0.01), loss)


def convolution(x, w, b):
    x, w, b = parameters = learning(x, w, b)

    def run():
        for parameter in parameters:
            parameter.grad = None
        F.conv2d(x, w, b, padding=1).square().mean().backward()
        return w.grad

    return run


def gemm_nn(a, b):
    return lambda: a @ b


def gemm_tn(a, b):
    return lambda: a.T @ b


def gemm_nt(a, b):
    return lambda: a @ b.T


def tanh_chain(x):
    return torch.no_grad()(lambda: torch.tanh(x * 1.5 + 0.25) * 0.5 + 0.75)


def softmax(x):
    return lambda: torch.softmax(x, -1)


def sum_all(x):
    return lambda: x.sum()


def inference(x, w1, b1, w2, b2, w3, b3):
    @torch.inference_mode()
    def run():
        h = torch.relu(torch.addmm(b1, x, w1))
        h = torch.relu(torch.addmm(b2, h, w2))
        return torch.addmm(b3, h, w3)

    return run
