"""Writes recurrent.json: cells and sequences of PyTorch. Run: `python recurrent.py`, with torch==2.13.0 (CPU)."""

import cases
import torch
from torch import nn

c = cases.Cases("recurrent")
c.case("lstmCell", nn.LSTMCell(3, 4), c.draw(2, 3), c.draw(2, 4), c.draw(2, 4), call=lambda m, x, h, s: m(x, (h, s)))
c.write()
