import { DTypeError, ones, ShapeError, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  AdaptiveAvgPool2d,
  AvgPool1d,
  Conv1d,
  Conv2d,
  ConvTranspose1d,
  Embedding,
  Flatten,
  MaxPool2d,
  Sequential,
  Upsample,
} from "../src/index.js";
import { thrown } from "./support/thrown.js";

describe("a convolution refuses", () => {
  const options = { inChannels: 4, outChannels: 6, kernelSize: 3 };
  const make = (more: object) => () => new Conv2d({ ...options, ...more });

  it.each([
    [{ stride: 0 }, "Conv2d: stride is 0, not integers of at least 1", "stride"],
    [{ stride: [1, 1.5] }, "stride is [1, 1.5]", "integers"],
    [{ stride: [1, 1, 1] }, "stride is [1, 1, 1], for 2 axes", "one number, or 2"],
    [{ dilation: 0 }, "dilation is 0", "at least 1"],
    [{ kernelSize: [3, 0] }, "kernelSize is [3, 0]", "at least 1"],
    [{ padding: -1 }, "padding is -1, not integers of at least 0", "at least 0"],
    [{ padding: "full" }, 'padding is "full"', '"same"'],
    [{ padding: "same", stride: 2 }, 'padding is "same" with stride [2, 2]', "stride 1"],
    [{ groups: 3 }, "groups is 3, which does not divide inChannels = 4", "both 4 and 6"],
    [{ groups: 4 }, "groups is 4, which does not divide outChannels = 6", "both 4 and 6"],
    [{ groups: 0 }, "groups is 0", "at least 1"],
    [{ outChannels: 0 }, "outChannels is 0", "at least 1"],
  ])("%o", (more, says, fix) => {
    const error = thrown(ValueError, make(more));
    expect(error.op).toBe("Conv2d");
    expect(error.message).toContain(says);
    expect(error.fix).toContain(fix);
  });

  it("an output padding of a whole stride, and names of paddings, when transposed", () => {
    const make = (more: object) => () => new ConvTranspose1d({ ...options, stride: 2, ...more });
    const longer = thrown(ValueError, make({ outputPadding: 2 }));
    expect(longer.message).toContain("outputPadding is [2] with stride [2] and dilation [1]");
    const named = thrown(ValueError, make({ padding: "same" }));
    expect(named.message).toContain('ConvTranspose1d: padding is "same"');
    expect(named.fix).not.toContain("valid");
  });

  it("other channels, naming its path, what it expects and the whole shape", () => {
    const model = new Sequential(new Conv2d(options), new Conv2d(options));
    const error = thrown(ShapeError, () => model.apply(ones([2, 4, 9, 9])));
    expect(error).toMatchObject({ op: "Conv2d", modulePath: "1", shapes: [[2, 6, 7, 7]], axis: 1 });
    expect(error.message).toContain("expected shape [N, 4, H, W] or [4, H, W], got [2, 6, 7, 7]");
    expect(error.fix).toContain("inChannels: 6");
  });

  it("another rank", () => {
    const flat = thrown(ShapeError, () => new Conv2d(options).apply(ones([4, 9])));
    expect(flat.message).toContain("expected shape [N, 4, H, W] or [4, H, W], got [4, 9]");
    const deep = thrown(ShapeError, () => new Conv1d(options).apply(ones([2, 4, 9, 9])));
    expect(deep.message).toContain("Conv1d: expected shape [N, 4, L] or [4, L], got [2, 4, 9, 9]");
  });

  it("a kernel larger than the padded input, with the numbers that clash", () => {
    const conv = new Conv2d({ ...options, padding: [1, 0], dilation: 2 });
    const error = thrown(ShapeError, () => conv.apply(ones([1, 4, 3, 4])));
    expect(error.message).toContain("a kernel of [3, 3] with dilation [2, 2] spans [5, 5]");
    expect(error.message).toContain("more than an input of [1, 4, 3, 4], [5, 4] with its padding");
    expect(error).toMatchObject({ op: "Conv2d", axis: 3 });
  });

  it("a padding that leaves nothing, when transposed", () => {
    const spread = new ConvTranspose1d({ ...options, padding: 2 });
    const error = thrown(ShapeError, () => spread.apply(ones([1, 4, 2])));
    expect(error.message).toContain("padding = 2 takes all 4 places of axis 2");
  });
});

describe("a pool refuses", () => {
  const make = (more: object) => () => new MaxPool2d({ kernelSize: [2, 3], ...more });

  it.each([
    [{ stride: 0 }, "MaxPool2d: stride is 0", "at least 1"],
    [{ kernelSize: 2.5 }, "kernelSize is 2.5", "integers"],
    [{ padding: 2 }, "padding is [2, 2] for windows that span [2, 3]", "half of a window"],
  ])("%o", (more, says, fix) => {
    const error = thrown(ValueError, make(more));
    expect(error.message).toContain(says);
    expect(error.fix).toContain(fix);
  });

  it("an input of another rank, or smaller than a window", () => {
    const pool = new Sequential(new AvgPool1d({ kernelSize: 5, padding: 1 }));
    const flat = thrown(ShapeError, () => pool.apply(ones([9])));
    expect(flat).toMatchObject({ op: "AvgPool1d", modulePath: "0", shapes: [[9]] });
    expect(flat.message).toContain("expected shape [N, C, L] or [C, L], got [9]");
    const short = thrown(ShapeError, () => pool.apply(ones([3, 2])));
    expect(short.message).toContain("a kernel of [5] with dilation [1] spans [5]");
    expect(short.message).toContain("more than an input of [3, 2], [4] with its padding");
    expect(() => new AdaptiveAvgPool2d({ outputSize: 1 }).apply(ones([2, 2]))).toThrow(
      "AdaptiveAvgPool2d: expected shape [N, C, H, W] or [C, H, W], got [2, 2]",
    );
  });
});

describe("Embedding refuses", () => {
  const make = (more: object) => () =>
    new Embedding({ numEmbeddings: 4, embeddingDim: 2, ...more });

  it.each([
    [{ numEmbeddings: 0 }, "numEmbeddings is 0", "at least 1"],
    [{ embeddingDim: -1 }, "embeddingDim is -1", "at least 1"],
    [{ paddingIdx: 4 }, "paddingIdx is 4, which is not one of the 4 tokens", "from -4 to 3"],
    [{ paddingIdx: -5 }, "paddingIdx is -5", "from -4 to 3"],
    [{ paddingIdx: 0.5 }, "paddingIdx is 0.5", "integer"],
  ])("%o", (more, says, fix) => {
    const error = thrown(ValueError, make(more));
    expect(error.op).toBe("Embedding");
    expect(error.message).toContain(says);
    expect(error.fix).toContain(fix);
  });

  it("tokens that are no int32", () => {
    const error = thrown(DTypeError, () => make({})().apply(tensor([1, 2])));
    expect(error.message).toContain("Embedding: tokens must be int32, got float32");
    expect(error.fix).toContain('cast("int32")');
  });
});

describe("Upsample refuses", () => {
  it.each([
    [{}, "got neither size nor scaleFactor", "scaleFactor: 2"],
    [{ size: 2, scaleFactor: 2 }, "got both size and scaleFactor", "one of them"],
    [{ size: 2.5 }, "size is 2.5, not a positive integer", "each axis"],
    [{ scaleFactor: [2, 0] }, "scaleFactor is 2, 0, not positive", "each axis"],
    [{ scaleFactor: 2, mode: "cubic" }, 'mode is "cubic"', '"bilinear"'],
    [{ scaleFactor: 2, alignCorners: true }, 'alignCorners is true with mode "nearest"', "out"],
  ])("%o", (options, says, fix) => {
    const error = thrown(ValueError, () => new Upsample(options as { scaleFactor: number }));
    expect(error.op).toBe("Upsample");
    expect(error.message).toContain(says);
    expect(error.fix).toContain(fix);
  });

  it("another rank", () => {
    const smooth = new Upsample({ scaleFactor: 2, mode: "bilinear" });
    expect(() => smooth.apply(ones([1, 2, 3]))).toThrow(
      "Upsample: bilinear takes [N, C, H, W], got [1, 2, 3]",
    );
    expect(() => new Upsample({ size: [2, 2] }).apply(ones([1, 2, 3]))).toThrow(
      "Upsample: nearest takes [N, C, L] or [N, C, H, W], got [1, 2, 3]",
    );
  });
});

describe("Flatten refuses", () => {
  it.each([
    [{ startDim: 3 }, "startDim 3 and endDim -1"],
    [{ startDim: 2, endDim: 1 }, "startDim 2 and endDim 1"],
    [{ startDim: -4 }, "startDim -4 and endDim -1"],
    [{ startDim: 0.5 }, "startDim 0.5 and endDim -1"],
  ])("%o", (options, says) => {
    const error = thrown(ShapeError, () => new Flatten(options).apply(ones([2, 3, 4])));
    expect(error.message).toContain(`Flatten: ${says} are no axes in order of [2, 3, 4]`);
    expect(error.fix).toContain("from -3 to 2");
  });
});
