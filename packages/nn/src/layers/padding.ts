import { showShape, type Tensor, ValueError } from "@neurite/autograd";
import { type Geometry, perAxis, type Sides, spansOf } from "./geometry.js";

/**
 * The padding of a convolution for each axis and side: "same" makes the result as long as the
 * input, with the odd zero behind as in PyTorch; "valid" is none.
 */
export function readPadding(
  owner: string,
  padding: Sides | string,
  windows: Omit<Geometry, "padding">,
  { isTransposed }: { readonly isTransposed: boolean },
): Geometry["padding"] {
  const { kernelSize, stride } = windows;
  if (typeof padding !== "string") {
    const widths = perAxis(owner, "padding", padding, kernelSize.length, 0);
    return widths.map((width) => [width, width]);
  }
  if (padding === "valid" && !isTransposed) return kernelSize.map(() => [0, 0]);
  if (padding === "same" && !isTransposed) {
    if (stride.some((step) => step !== 1)) {
      throw new ValueError(owner, `padding is "same" with stride ${showShape(stride)}`, {
        fix: "use stride 1, or give the padding in numbers",
      });
    }
    return spansOf(windows).map((span) => {
      const before = Math.floor((span - 1) / 2);
      return [before, span - 1 - before];
    });
  }
  const names = isTransposed ? "" : '"same", "valid", or ';
  throw new ValueError(owner, `padding is "${padding}"`, {
    fix: `give padding ${names}the number of zeros on each side`,
  });
}

/** How much longer a transposed convolution makes its result at the end, for each axis. */
export function readOutputPadding(
  owner: string,
  outputPadding: Sides,
  { stride, dilation }: Geometry,
): readonly number[] {
  const extra = perAxis(owner, "outputPadding", outputPadding, stride.length, 0);
  // As long as both, it would be one more window.
  if (extra.every((width, i) => width < Math.max(stride[i]!, dilation[i]!))) return extra;
  const steps = `stride ${showShape(stride)} and dilation ${showShape(dilation)}`;
  throw new ValueError(owner, `outputPadding is ${showShape(extra)} with ${steps}`, {
    fix: "give outputPadding less than the stride or the dilation of its axis",
  });
}

/** The input with zeros around its last axes. */
export function padded(x: Tensor, padding: Geometry["padding"]): Tensor {
  if (padding.flat().every((width) => width === 0)) return x;
  const others = x.shape.slice(padding.length).map(() => [0, 0] as const);
  return x.pad([...others, ...padding]);
}
