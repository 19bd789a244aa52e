import {
  asTensor,
  noGrad,
  ShapeError,
  showShape,
  type Tensor,
  type TensorLike,
} from "@neurite/autograd";
import type { Layer } from "../layers/layer.js";
import { activationAt } from "./activation-at.js";
import { evaluating } from "./evaluating.js";
import { byUnit, checkUnit, unitAxisOf } from "./unit-axis.js";

/** Which unit is meant: of the layer at a path, by its number along the axis of units. */
export interface UnitPlace {
  /** The name of the layer's output in `probe`; "" is the output of the model. */
  readonly path: string;
  readonly unit: number;
  /** By default the channels of `[n, C, H, W]`, and the last axis of all else. */
  readonly axis?: number | undefined;
}

export interface TopInput {
  /** The row of the data. */
  readonly row: number;
  /** How strongly the unit answered to it; at its best place, if it has many. */
  readonly activation: number;
  /** The element of the row's answers, counted in row-major order: 0 where there is one. */
  readonly place: number;
}

/** The k rows of `x` to which a unit answers most strongly, the strongest first. */
export function topInputs(model: Layer, x: TensorLike, unit: UnitPlace, k = 10): TopInput[] {
  const rows = asTensor(x);
  const output = evaluating(model, () =>
    noGrad(() => activationAt("topInputs", model, rows, unit.path)),
  );
  const axis = unit.axis ?? unitAxisOf(output);
  checkUnit("topInputs", unit.path, output, axis, unit.unit);
  const answers = byUnit(output, axis)[unit.unit]!;
  const places = answers.length / rows.shape[0]!;
  const best = Array.from({ length: rows.shape[0]! }, (_, row): TopInput => {
    const own = answers.subarray(row * places, (row + 1) * places);
    const activation = own.reduce((most, a) => Math.max(most, a), Number.NEGATIVE_INFINITY);
    return { row, activation, place: own.indexOf(activation) };
  });
  // Stable: of equal answers the earlier row comes first.
  return best.sort((a, b) => b.activation - a.activation).slice(0, k);
}

/** What one channel of a convolution makes of one input. */
export interface FeatureMap {
  readonly channel: number;
  /** `[height][width]`. */
  readonly values: readonly (readonly number[])[];
  readonly min: number;
  readonly max: number;
}

/** The maps of every channel of a layer `[n, C, H, W]` for one input `[1, …]`. */
export function featureMaps(model: Layer, x: TensorLike, path: string): FeatureMap[] {
  const output = evaluating(model, () =>
    noGrad(() => activationAt("featureMaps", model, asTensor(x), path)),
  );
  const [, channels = 0, , width = 1] = output.rank === 4 ? output.shape : [];
  if (output.shape[0] !== 1 || channels === 0) throw notMaps(path, output);
  return byUnit(output, 1).map((all, channel) => ({
    channel,
    values: Array.from({ length: all.length / width }, (_, row) => [
      ...all.subarray(row * width, (row + 1) * width),
    ]),
    min: all.reduce((least, a) => Math.min(least, a), Number.POSITIVE_INFINITY),
    max: all.reduce((most, a) => Math.max(most, a), Number.NEGATIVE_INFINITY),
  }));
}

const notMaps = (path: string, { shape }: Tensor): ShapeError =>
  new ShapeError("featureMaps", `"${path}" made ${showShape(shape)}, not [1, C, H, W]`, {
    shapes: [shape],
    fix: "give one input, as [1, C, H, W], and the path of a layer that keeps the picture",
  });
