import {
  asTensor,
  IndexError,
  noGrad,
  showShape,
  type Tensor,
  type TensorLike,
  ValueError,
  valueAndGrad,
} from "@neurite/autograd";
import { AdaptiveAvgPool1d } from "../layers/adaptive-avg-pool1d.js";
import { AdaptiveAvgPool2d } from "../layers/adaptive-avg-pool2d.js";
import { ConvTranspose1d } from "../layers/conv-transpose1d.js";
import { ConvTranspose2d } from "../layers/conv-transpose2d.js";
import { Dense } from "../layers/dense.js";
import { Flatten } from "../layers/flatten.js";
import type { Geometry } from "../layers/geometry.js";
import type { Layer, LayerLike } from "../layers/layer.js";
import { Residual } from "../layers/residual.js";
import { Sequential } from "../layers/sequential.js";
import { Upsample } from "../layers/upsample.js";
import { activationAt } from "./activation-at.js";
import { evaluating } from "./evaluating.js";

/** The part of one axis of the input that an element of a layer's output sees. */
export interface FieldAxis {
  /** The first and the last place; below 0 or beyond the end lies padding. */
  readonly start: number;
  readonly end: number;
  /** From the first place to the last, both counted. */
  readonly size: number;
  /** How far apart the fields of neighbours begin: the product of the strides. */
  readonly step: number;
}

/**
 * The receptive field of the element at a place (`[y, x]`, or `[t]`) of what some layers make of an
 * input, one entry for each axis: from their strides, dilations, padding and windows alone. Layers
 * without windows are taken to work place by place, as activation functions do. Going back through
 * a layer, `start ← stride·start − padding` and `end ← stride·end − padding + dilation·(k − 1)`.
 * Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks", 2019.
 */
export function receptiveField(
  layers: readonly LayerLike[],
  place: readonly number[],
): readonly FieldAxis[] {
  const geometries = layers.flatMap(geometriesOf);
  const other = geometries.find(({ stride }) => stride.length !== place.length);
  if (other) {
    const problem = `place ${showShape(place)} for windows along ${other.stride.length} axes`;
    throw new ValueError("receptiveField", problem, { fix: "give one place for each axis" });
  }
  return place.map((at, axis) => {
    let [start, end, step] = [at, at, 1];
    for (const { stride, padding, dilation, kernelSize } of geometries.toReversed()) {
      const before = padding[axis]![0];
      start = stride[axis]! * start - before;
      end = stride[axis]! * end - before + dilation[axis]! * (kernelSize[axis]! - 1);
      step *= stride[axis]!;
    }
    return { start, end, size: end - start + 1, step };
  });
}

/** Whose outputs see all of the input, or windows that lie in the output. */
const mixing = [
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  ConvTranspose1d,
  ConvTranspose2d,
  Dense,
  Flatten,
  Upsample,
];

function geometriesOf(layer: LayerLike): readonly Geometry[] {
  if (layer instanceof Sequential) return layer.layers.flatMap(geometriesOf);
  // Beside a branch that keeps the shape, the identity sees one place of what the branch sees.
  if (layer instanceof Residual) return geometriesOf(layer.inner);
  if (mixing.some((kind) => layer instanceof kind)) {
    const problem = `${layer.constructor.name} has no windows that lie in its input`;
    throw new ValueError("receptiveField", problem, {
      fix: "give the layers before it, or use gradientReceptiveField",
    });
  }
  const { geometry } = layer as { readonly geometry?: Geometry };
  return geometry ? [geometry] : [];
}

/** Where an element of a layer's output sees its input. */
export interface GradientField {
  /** Of one row of the input. */
  readonly shape: readonly number[];
  /** |∂element/∂x| in row-major order. */
  readonly sizes: Float64Array;
  /** Whether it is not 0, in row-major order: the receptive field. */
  readonly mask: readonly boolean[];
  /** The first and the last place of the field along each axis; null if it is empty. */
  readonly box: readonly (readonly [start: number, end: number])[] | null;
}

/**
 * The inputs that an element of a layer depends on at `x`, which is one row `[1, …]`: where its
 * derivative is not 0. Inside the geometric field; behind a silent relu or a pool, smaller.
 * `element` is the place in one row of the layer's output: `[channel, y, x]` of a convolution.
 */
export function gradientReceptiveField(
  model: Layer,
  x: TensorLike,
  { path, element }: { readonly path: string; readonly element: readonly number[] },
): GradientField {
  const given = asTensor(x);
  if (given.shape[0] !== 1) {
    throw new ValueError("gradientReceptiveField", `x is ${showShape(given.shape)}, not one row`, {
      shapes: [given.shape],
      fix: "give a batch of one, as with x.slice([0, 1])",
    });
  }
  const derivative = valueAndGrad((own: Tensor) => {
    const output = activationAt("gradientReceptiveField", model, own, path);
    checkElement(element, output.shape);
    return output.slice(0, ...element);
  });
  const [, g] = evaluating(model, () => noGrad(() => derivative(given)));
  const shape = given.shape.slice(1);
  const sizes = Float64Array.from(g.toTypedArray(), Math.abs);
  return { shape, sizes, mask: Array.from(sizes, (size) => size !== 0), box: boxOf(sizes, shape) };
}

function checkElement(element: readonly number[], shape: readonly number[]): void {
  const row = shape.slice(1);
  const isInside = element.every((at, axis) => at >= 0 && at < row[axis]!);
  if (element.length === row.length && isInside) return;
  const problem = `element ${showShape(element)} of rows of ${showShape(row)}`;
  throw new IndexError("gradientReceptiveField", problem, {
    shapes: [shape],
    fix: "give a place along each axis after the first, from 0 on",
  });
}

function boxOf(sizes: Float64Array, shape: readonly number[]): GradientField["box"] {
  const box = shape.map((): [number, number] => [Number.POSITIVE_INFINITY, -1]);
  for (const [at, size] of sizes.entries()) {
    if (size === 0) continue;
    let rest = at;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const place = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
      box[axis] = [Math.min(box[axis]![0], place), Math.max(box[axis]![1], place)];
    }
  }
  return box.some(([, end]) => end < 0) ? null : box;
}
