"""Writes attention.json: attention of PyTorch. Run: `python attention.py`, with torch==2.13.0 (CPU)."""

import cases
import torch
import torch.nn.functional as F
from torch import nn

c = cases.Cases("attention")


def attend(name, *shapes, **options):
    inputs = [c.draw(*shape) for shape in shapes]
    c.case(name, nn.Identity(), *inputs, call=lambda m, *x: F.scaled_dot_product_attention(*x, **options))


attend("attention", (2, 2, 2), (2, 3, 2), (2, 3, 1))
attend("attention of matrices: scale", (2, 3), (3, 3), (3, 2), scale=0.3)
attend("attention: causal", (3, 2), (4, 2), (4, 2), is_causal=True)
attend("attention: shared keys", (2, 2, 2, 2), (2, 1, 3, 2), (2, 1, 3, 1))
c.case("attention: mask", nn.Identity(), c.draw(2, 2, 2), c.draw(2, 3, 2), c.draw(2, 3, 2),
       torch.tensor([[True, False, True], [False, True, True]]),
       call=lambda m, q, k, v, mask: F.scaled_dot_product_attention(q, k, v, attn_mask=mask))
c.case("attention: added mask", nn.Identity(), c.draw(2, 2, 2), c.draw(2, 3, 2), c.draw(2, 3, 2), c.draw(2, 3),
       call=lambda m, q, k, v, mask: F.scaled_dot_product_attention(q, k, v, attn_mask=mask))


def heads(name, module, *inputs, **options):
    """Of the weights each head's own; masks are negated, because here true means taking part."""
    def call(module, query, key, value, keep=None, mask=None):
        negated = {"key_padding_mask": None if keep is None else ~keep}
        if mask is not None:
            negated["attn_mask"] = ~mask
        return module(query, key, value, need_weights=True, average_attn_weights=False, **negated, **options)

    c.case(name, module, *inputs, call=call)


def self_attention(name, module, *shape, taking_part=None):
    def call(module, x, keep=None):
        padding = {} if keep is None else {"key_padding_mask": ~keep}
        return module(x, x, x, need_weights=True, average_attn_weights=False, **padding)

    c.case(name, module, c.draw(*shape), *([] if taking_part is None else [taking_part]), call=call)


first = {"batch_first": True}
self_attention("self-attention", nn.MultiheadAttention(4, 2, **first), 1, 2, 4)
self_attention("self-attention: one sample, no bias", nn.MultiheadAttention(2, 1, bias=False), 3, 2)
self_attention("self-attention: padding", nn.MultiheadAttention(2, 2, **first), 2, 3, 2,
               taking_part=torch.tensor([[True, True, False], [True, False, False]]))
heads("multi-head attention", nn.MultiheadAttention(2, 2, **first), c.draw(2, 2, 2), c.draw(2, 3, 2), c.draw(2, 3, 2))
heads("multi-head attention: masks", nn.MultiheadAttention(2, 1, **first),
      c.draw(2, 2, 2), c.draw(2, 3, 2), c.draw(2, 3, 2),
      torch.tensor([[True, True, False], [True, True, True]]),
      torch.tensor([[True, False, True], [True, True, False]]))
c.write()
