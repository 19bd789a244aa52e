import type { Operand, Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "./draw.js";
import { at, build, exactSum, indicesOf, type Plain } from "./plain.js";
import type { Sample } from "./sample.js";

export interface Steps {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

const isWithin = (place: readonly number[], sides: readonly number[]) =>
  place.every((at, i) => at >= 0 && at < sides[i]!);

/** A convolution from its definition: one sum for each element of the result. */
export const convolution =
  ({ stride, padding, dilation, groups }: Steps) =>
  (x: Plain, weight: Plain, bias?: Plain): Plain => {
    const [n, , ...sides] = x.shape as [number, number, ...number[]];
    const [outputs, depth, ...size] = weight.shape as [number, number, ...number[]];
    const result = sides.map((side, i) => {
      const span = dilation[i]! * (size[i]! - 1) + 1;
      return Math.floor((side + 2 * padding[i]! - span) / stride[i]!) + 1;
    });
    return build([n, outputs, ...result], ([example, output, ...place]) => {
      const group = Math.floor(output! / (outputs / groups));
      const terms = indicesOf([depth, ...size]).map(([channel, ...tap]) => {
        const from = place.map((p, i) => p * stride[i]! - padding[i]! + tap[i]! * dilation[i]!);
        if (!isWithin(from, sides)) return 0;
        const factor = at(weight, [output!, channel!, ...tap]);
        return factor * at(x, [example!, group * depth + channel!, ...from]);
      });
      return exactSum([...terms, bias ? bias.data[output!]! : 0]);
    });
  };

/** Its adjoint: every element of the input is spread over a window of the result. */
export const transposedConvolution =
  ({ stride, padding, dilation, groups }: Steps, extra: readonly number[]) =>
  (x: Plain, weight: Plain, bias?: Plain): Plain => {
    const [n, channels, ...sides] = x.shape as [number, number, ...number[]];
    const [, width, ...size] = weight.shape as [number, number, ...number[]];
    const depth = channels / groups;
    const result = sides.map(
      (side, i) =>
        (side - 1) * stride[i]! - 2 * padding[i]! + dilation[i]! * (size[i]! - 1) + extra[i]! + 1,
    );
    return build([n, width * groups, ...result], ([example, output, ...place]) => {
      const group = Math.floor(output! / width);
      const terms = indicesOf([depth, ...sides, ...size]).map(([channel, ...rest]) => {
        const [from, tap] = [rest.slice(0, sides.length), rest.slice(sides.length)];
        const reaches = from.every(
          (p, i) => p * stride[i]! - padding[i]! + tap[i]! * dilation[i]! === place[i],
        );
        if (!reaches) return 0;
        const factor = at(weight, [group * depth + channel!, output! % width, ...tap]);
        return factor * at(x, [example!, group * depth + channel!, ...from]);
      });
      return exactSum([...terms, bias ? bias.data[output!]! : 0]);
    });
  };

/** Folds the elements of each window into one; those outside the input are `null`. */
export const pooling =
  (size: readonly number[], { stride, padding, dilation }: Omit<Steps, "groups">) =>
  (f: (window: readonly (number | null)[]) => number) =>
  (x: Plain): Plain => {
    const [n, channels, ...sides] = x.shape as [number, number, ...number[]];
    const result = sides.map((side, i) => {
      const span = dilation[i]! * (size[i]! - 1) + 1;
      return Math.floor((side + 2 * padding[i]! - span) / stride[i]!) + 1;
    });
    return build([n, channels, ...result], ([example, channel, ...place]) =>
      f(
        indicesOf(size).map((tap) => {
          const from = place.map((p, i) => p * stride[i]! - padding[i]! + tap[i]! * dilation[i]!);
          return isWithin(from, sides) ? at(x, [example!, channel!, ...from]) : null;
        }),
      ),
    );
  };

type Sides = number | readonly number[];

/** The options of a call, as the user writes them. */
export interface CallOptions {
  readonly stride?: Sides;
  readonly padding?: Sides;
  readonly dilation?: Sides;
  readonly groups?: number;
  readonly outputPadding?: Sides;
}

/** The shapes of an input and a weight, the options, and the shape of a bias. */
export type Call = readonly [x: Shape, weight: Shape, options?: CallOptions, bias?: Shape];

/** The options with one number for each axis, and what is left out. */
export const stepsOf = (axes: number, options: CallOptions): Steps => ({
  stride: perAxis(axes, options.stride ?? 1),
  padding: perAxis(axes, options.padding ?? 0),
  dilation: perAxis(axes, options.dilation ?? 1),
  groups: options.groups ?? 1,
});

export const perAxis = (axes: number, sides: Sides): readonly number[] =>
  typeof sides === "number" ? Array.from({ length: axes }, () => sides) : sides;

/** A function of a batch as one that also takes a single example. */
export const ofExamples =
  (axes: number, f: (...x: Plain[]) => Plain) =>
  (x: Plain, ...rest: Plain[]): Plain => {
    if (x.shape.length === axes + 2) return f(x, ...rest);
    const { shape, data } = f({ ...x, shape: [1, ...x.shape] }, ...rest);
    return { shape: shape.slice(1), data };
  };

interface Convolution {
  readonly name: string;
  readonly axes: number;
  readonly f: (
    x: Tensor,
    weight: Tensor,
    options: CallOptions & { readonly bias?: Operand },
  ) => Tensor;
  readonly reference: (options: CallOptions) => (...x: Plain[]) => Plain;
  readonly calls: readonly Call[];
}

/** The samples of a convolution: the calls, and its operands held in other ways. */
export function convolutionSamples({ name, axes, f, reference, calls }: Convolution): Sample[] {
  const random = stream(name);
  const of = (shape: Shape) => drawn(shape, awayFromZero, random);
  const sample = (title: string, inputs: readonly Tensor[], options: CallOptions): Sample => ({
    title: `${title}: ${inputs.map(({ shape }) => `[${shape}]`)}, ${JSON.stringify(options)}`,
    inputs,
    apply: (x, weight, bias) => f(x!, weight!, bias ? { ...options, bias } : options),
    reference: ofExamples(axes, reference(options)),
    smooth: true,
  });
  const sides = axes === 1 ? [4] : [2, 3];
  const [x, weight] = [
    [2, 2, ...sides],
    [2, 2, ...sides.map(() => 2)],
  ];
  return [
    ...calls.map(([x, weight, options = {}, bias]) =>
      sample("row-major", [x, weight, ...(bias ? [bias] : [])].map(of), options),
    ),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(`${title} input`, [layout(x, of), of(weight)], { padding: 1 }),
      sample(`${title} weight`, [of(x), layout(weight, of)], { stride: 2 }),
    ]),
  ];
}
