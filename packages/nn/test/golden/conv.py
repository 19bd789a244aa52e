"""Writes conv.json: convolutions, pools, embeddings of PyTorch. Run: `python conv.py`, with torch==2.13.0 (CPU)."""

import cases
import torch
from torch import nn

c = cases.Cases("conv")


def conv(name, module, *shape):
    c.case(name, module, c.draw(*shape))


conv("conv1d", nn.Conv1d(2, 3, 2), 2, 2, 4)
conv("conv1d: all options", nn.Conv1d(2, 4, 2, stride=2, padding=1, dilation=2, groups=2, bias=False), 1, 2, 6)
conv("conv1d: same, an even kernel", nn.Conv1d(1, 2, 4, padding="same"), 1, 1, 5)
conv("conv1d: same, dilated", nn.Conv1d(2, 1, 2, padding="same", dilation=3), 1, 2, 5)
conv("conv1d: one example", nn.Conv1d(2, 2, 3, padding="valid"), 2, 5)
conv("conv2d", nn.Conv2d(2, 2, 2), 2, 2, 3, 3)
conv("conv2d: stride", nn.Conv2d(1, 2, 2, stride=(2, 1)), 1, 1, 5, 3)
conv("conv2d: padding", nn.Conv2d(1, 1, 3, padding=(1, 2)), 1, 1, 3, 2)
conv("conv2d: same", nn.Conv2d(1, 2, (3, 2), padding="same"), 1, 1, 3, 4)
conv("conv2d: same, dilated", nn.Conv2d(1, 1, (2, 3), padding="same", dilation=(3, 1)), 1, 1, 4, 3)
conv("conv2d: dilation", nn.Conv2d(1, 2, 2, dilation=(1, 2), bias=False), 1, 1, 3, 4)
conv("conv2d: groups", nn.Conv2d(4, 2, 2, groups=2), 1, 4, 2, 3)
conv("conv2d: depthwise", nn.Conv2d(2, 4, (1, 2), groups=2), 1, 2, 2, 3)
conv("conv2d: one by one", nn.Conv2d(3, 2, 1), 1, 3, 2, 2)
conv("conv2d: all options",
     nn.Conv2d(2, 2, (2, 3), stride=(2, 1), padding=(1, 0), dilation=(2, 1), groups=2), 1, 2, 3, 4)
conv("conv2d: one example", nn.Conv2d(1, 2, 2, padding=1), 1, 2, 3)
conv("convTranspose1d", nn.ConvTranspose1d(2, 3, 2), 2, 2, 3)
conv("convTranspose1d: all options",
     nn.ConvTranspose1d(2, 4, 2, stride=3, padding=1, output_padding=2, groups=2, dilation=2, bias=False), 1, 2, 3)
conv("convTranspose2d", nn.ConvTranspose2d(2, 1, 2), 2, 2, 2, 2)
conv("convTranspose2d: stride", nn.ConvTranspose2d(1, 2, (2, 3), stride=2, padding=(0, 1)), 1, 1, 2, 3)
conv("convTranspose2d: all options",
     nn.ConvTranspose2d(2, 2, 2, stride=(2, 1), padding=1, output_padding=(1, 0), groups=2, dilation=(1, 2)),
     1, 2, 2, 3)
conv("convTranspose2d: one example", nn.ConvTranspose2d(2, 1, 2, stride=2), 2, 2, 2)

conv("maxPool1d", nn.MaxPool1d(2), 2, 2, 5)
conv("maxPool1d: all options", nn.MaxPool1d(3, stride=2, padding=1, dilation=2), 1, 2, 7)
conv("maxPool2d", nn.MaxPool2d(2), 1, 2, 4, 5)
conv("maxPool2d: all options", nn.MaxPool2d((2, 3), stride=(1, 2), padding=(1, 1), dilation=(2, 1)), 1, 1, 4, 5)
conv("maxPool2d: one example", nn.MaxPool2d(2, stride=1), 2, 3, 3)
conv("avgPool1d", nn.AvgPool1d(2), 2, 2, 5)
conv("avgPool1d: the padding counts", nn.AvgPool1d(3, stride=2, padding=1), 1, 2, 6)
conv("avgPool1d: the padding is left out", nn.AvgPool1d(3, stride=2, padding=1, count_include_pad=False), 1, 2, 6)
conv("avgPool2d", nn.AvgPool2d((1, 2)), 1, 2, 3, 4)
conv("avgPool2d: the padding counts", nn.AvgPool2d((2, 3), stride=(1, 2), padding=(1, 1)), 1, 1, 3, 4)
conv("avgPool2d: the padding is left out", nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False), 1, 2, 4, 4)
conv("adaptiveAvgPool1d", nn.AdaptiveAvgPool1d(3), 1, 2, 7)
conv("adaptiveAvgPool2d", nn.AdaptiveAvgPool2d((2, 3)), 1, 2, 3, 4)
conv("adaptiveAvgPool2d: global", nn.AdaptiveAvgPool2d(1), 2, 2, 2, 3)

c.case("embedding", nn.Embedding(5, 3), torch.tensor([[4, 0, 4], [2, 2, 1]]))
c.case("embedding: one token", nn.Embedding(3, 2), torch.tensor(1))
c.case("embedding: padding", nn.Embedding(4, 2, padding_idx=-1), torch.tensor([[3, 0], [3, 1], [2, 0]]))
conv("flatten", nn.Flatten(), 2, 2, 3)
conv("flatten: some axes", nn.Flatten(start_dim=0, end_dim=-2), 2, 1, 2, 3)

conv("upsample", nn.Upsample(scale_factor=2), 1, 2, 2, 3)
conv("upsample: a sequence", nn.Upsample(scale_factor=1.6), 1, 2, 4)
conv("upsample: to a size", nn.Upsample(size=(5, 2)), 1, 1, 3, 4)
conv("upsample: bilinear", nn.Upsample(scale_factor=(2, 1.5), mode="bilinear"), 1, 1, 3, 4)
conv("upsample: bilinear, corners", nn.Upsample(size=(4, 5), mode="bilinear", align_corners=True), 1, 2, 3, 2)
c.write()
