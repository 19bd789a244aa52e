"""Writes recurrent.json: cells and sequences of PyTorch. Run: `python recurrent.py`, with torch==2.13.0 (CPU)."""

import cases
import torch
from torch import nn

c = cases.Cases("recurrent")
c.case("lstmCell", nn.LSTMCell(3, 4), c.draw(2, 3), c.draw(2, 4), c.draw(2, 4), call=lambda m, x, h, s: m(x, (h, s)))
c.case("gruCell", nn.GRUCell(3, 2), c.draw(2, 3), c.draw(2, 2))
c.case("rnnCell", nn.RNNCell(3, 2), c.draw(2, 3), c.draw(2, 2))
c.case("rnnCellRelu", nn.RNNCell(2, 3, nonlinearity="relu"), c.draw(2, 2), c.draw(2, 3))
c.case("rnnCellWithoutBias", nn.RNNCell(2, 3, bias=False), c.draw(2, 2), c.draw(2, 3))

one = dict(batch_first=True)
c.case("rnn", nn.RNN(2, 3, **one), c.draw(2, 4, 2))
c.case("rnnRelu", nn.RNN(2, 2, nonlinearity="relu", **one), c.draw(1, 3, 2))
c.case("gru", nn.GRU(2, 2, **one), c.draw(2, 3, 2))
c.case("gruWithoutBias", nn.GRU(2, 2, bias=False, **one), c.draw(1, 3, 2))
c.case("lstm", nn.LSTM(2, 2, **one), c.draw(2, 3, 2))

two = dict(num_layers=2, bidirectional=True, batch_first=True)
c.case("rnnOfTwo", nn.RNN(2, 2, **two), c.draw(2, 3, 2), c.draw(4, 2, 2))
c.case("gruOfTwo", nn.GRU(1, 1, **two), c.draw(2, 3, 1), c.draw(4, 2, 1))
c.case("lstmOfTwo", nn.LSTM(1, 1, **two), c.draw(2, 3, 1), c.draw(4, 2, 1), c.draw(4, 2, 1),
       call=lambda m, x, h, s: m(x, (h, s)))
c.write()
