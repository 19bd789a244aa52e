"""Cases of windows, convolutions, pooling and resampling, for ops.py."""

import torch
import torch.nn.functional as F


def write(cases):
    windows(cases)
    convolutions(cases)
    transposed_convolutions(cases)
    pooling(cases)
    resampling(cases)


def windows(cases):
    for shape, axis, size, options in (
        ([6], 0, 3, {}),
        ([7], 0, 3, {"step": 2}),
        ([7], 0, 3, {"dilation": 2}),
        ([2, 8], 1, 2, {"step": 3, "dilation": 2}),
        ([5, 2], 0, 2, {}),
        ([4], -1, 4, {}),
    ):
        x = cases.draw("unfold", shape)
        cases.add("unfold", unfold, x, args=[axis, size, options])
        parts = cases.draw("fold", unfold(x, axis, size, options).shape)
        # An axis from the end would count the axis of the windows too.
        cases.add("fold", fold, parts, args=[axis % x.dim(), x.shape[axis], options])


def unfold(x, axis, size, options):
    step, dilation = options.get("step", 1), options.get("dilation", 1)
    return x.unfold(axis, (size - 1) * dilation + 1, step)[..., ::dilation]


def fold(x, axis, length, options):
    """Adds every window back to where `unfold` took it from."""
    step, dilation = options.get("step", 1), options.get("dilation", 1)
    count, size = x.shape[axis], x.shape[-1]
    places = torch.arange(count)[:, None] * step + torch.arange(size) * dilation
    source = x.movedim(axis, -2).flatten(-2)
    total = torch.zeros(*source.shape[:-1], length, dtype=x.dtype)
    return total.index_add(-1, places.flatten(), source).movedim(-1, axis)


CONVOLUTIONS = {
    "conv1d": [
        ([1, 1, 5], [1, 1, 3], False, {}),
        ([2, 4], [1, 2, 3], True, {}),
        ([2, 2, 5], [3, 2, 2], True, {"stride": 2}),
        ([1, 2, 6], [2, 2, 3], True, {"padding": 1, "dilation": 2}),
        ([1, 4, 4], [4, 2, 2], False, {"groups": 2, "padding": 1}),
    ],
    "conv2d": [
        ([1, 1, 4, 4], [1, 1, 3, 3], False, {}),
        ([2, 3, 3], [1, 2, 2, 2], True, {}),
        ([1, 2, 4, 5], [2, 2, 2, 2], True, {"stride": 2, "padding": 1}),
        ([1, 1, 5, 4], [2, 1, 2, 3], True, {"stride": [2, 1], "padding": [0, 1]}),
        ([1, 1, 5, 5], [1, 1, 2, 2], False, {"dilation": [2, 1]}),
        ([2, 2, 3, 3], [2, 1, 2, 2], False, {"groups": 2}),
    ],
}

TRANSPOSED = {
    "convTranspose1d": [
        ([1, 1, 4], [1, 1, 3], False, {}),
        ([2, 3], [2, 1, 2], True, {}),
        ([2, 2, 3], [2, 3, 2], True, {"stride": 2}),
        ([1, 2, 3], [2, 2, 3], True, {"stride": 2, "padding": 1, "outputPadding": 1}),
        ([1, 4, 3], [4, 1, 2], False, {"groups": 2, "dilation": 2}),
    ],
    "convTranspose2d": [
        ([1, 1, 3, 3], [1, 1, 2, 2], False, {}),
        ([2, 2, 2], [2, 1, 2, 2], True, {}),
        ([1, 2, 2, 3], [2, 2, 2, 2], True, {"stride": 2}),
        (
            [1, 1, 3, 2],
            [1, 2, 3, 2],
            True,
            {"stride": [2, 1], "padding": [1, 0], "outputPadding": [1, 0]},
        ),
        ([1, 2, 2, 2], [2, 1, 2, 2], False, {"groups": 2, "dilation": 2}),
    ],
}


def convolutions(cases):
    for name, calls in CONVOLUTIONS.items():
        f = {"conv1d": F.conv1d, "conv2d": F.conv2d}[name]
        for x, weight, bias, options in calls:
            inputs = [cases.draw(name, x), cases.draw(name, weight, -1, 1)]
            inputs += [cases.draw(name, weight[:1], -1, 1)] if bias else []
            cases.add(name, with_options(f), *inputs, args=[options])


def transposed_convolutions(cases):
    for name, calls in TRANSPOSED.items():
        f = {"convTranspose1d": F.conv_transpose1d, "convTranspose2d": F.conv_transpose2d}[name]
        for x, weight, bias, options in calls:
            outputs = weight[1] * options.get("groups", 1)
            inputs = [cases.draw(name, x), cases.draw(name, weight, -1, 1)]
            inputs += [cases.draw(name, [outputs], -1, 1)] if bias else []
            cases.add(name, with_options(f), *inputs, args=[options])


def with_options(f):
    """f with neurite's names of options, which stand last."""
    names = {"outputPadding": "output_padding", "countIncludePad": "count_include_pad"}

    def call(*own):
        return f(*own[:-1], **{names.get(k, k): v for k, v in own[-1].items()})

    return call


def pooling(cases):
    for name, f, calls in (
        (
            "maxPool1d",
            F.max_pool1d,
            [
                ([1, 2, 6], 2, {}),
                ([2, 6], 2, {}),
                ([2, 1, 7], 3, {"stride": 2}),
                ([1, 1, 6], 2, {"padding": 1, "dilation": 2, "stride": 1}),
            ],
        ),
        (
            "maxPool2d",
            F.max_pool2d,
            [
                ([1, 2, 4, 4], 2, {}),
                ([2, 4, 4], 2, {}),
                ([1, 1, 5, 5], 3, {"stride": 2, "padding": 1}),
                ([1, 1, 4, 5], [2, 3], {"stride": [2, 1]}),
                ([1, 1, 5, 5], 2, {"dilation": 2, "stride": 1}),
            ],
        ),
        (
            "avgPool1d",
            F.avg_pool1d,
            [
                ([1, 2, 6], 2, {}),
                ([2, 6], 2, {}),
                ([2, 1, 7], 3, {"stride": 2, "padding": 1}),
                ([1, 1, 6], 3, {"stride": 2, "padding": 1, "countIncludePad": False}),
            ],
        ),
        (
            "avgPool2d",
            F.avg_pool2d,
            [
                ([1, 2, 4, 4], 2, {}),
                ([2, 4, 4], 2, {}),
                ([1, 1, 5, 5], 3, {"stride": 2, "padding": 1}),
                (
                    [1, 1, 4, 5],
                    [2, 3],
                    {"stride": [2, 1], "padding": [1, 1], "countIncludePad": False},
                ),
            ],
        ),
    ):
        for shape, size, options in calls:
            cases.add(name, with_options(f), cases.draw(name, shape), args=[size, options])
    ties = [[[1.0, 1.0, 2.0, 2.0, -1.0, -1.0]]]
    cases.add("maxPool1d", with_options(F.max_pool1d), ties, args=[2, {}], note="ties")
    flat = torch.ones(1, 1, 4, 4)
    cases.add("maxPool2d", with_options(F.max_pool2d), flat, args=[2, {}], note="ties")
    overlap = {"stride": 1, "padding": 1}
    cases.add(
        "maxPool2d",
        with_options(F.max_pool2d),
        -flat,
        args=[3, overlap],
        note="ties, padded",
    )


def resampling(cases):
    def upsample(x, options):
        bilinear = options.get("mode") == "bilinear"
        corners = {"align_corners": options.get("alignCorners", False)} if bilinear else {}
        size = (
            {"scale_factor": options["scale"]} if "scale" in options else {"size": options["size"]}
        )
        return F.interpolate(x, mode=options.get("mode", "nearest"), **size, **corners)

    for shape, options in (
        ([1, 1, 2, 3], {"scale": 2}),
        ([1, 2, 2, 2], {"scale": [2, 3], "mode": "nearest"}),
        ([1, 1, 2, 3], {"size": [3, 5]}),
        ([1, 1, 2, 3], {"scale": 2, "mode": "bilinear"}),
        ([1, 1, 3, 3], {"size": [5, 4], "mode": "bilinear"}),
        ([1, 2, 2, 3], {"size": [4, 5], "mode": "bilinear", "alignCorners": True}),
        ([1, 1, 4, 4], {"size": [2, 3], "mode": "bilinear"}),
    ):
        cases.add("upsample", upsample, cases.draw("upsample", shape), args=[options])
