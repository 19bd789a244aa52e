import { concat, type SliceRange, stack } from "../../../src/index.js";
import { at, build } from "../plain.js";
import { type Choices, type Operation, ofOne } from "./operation.js";
import { asValue, moved, refuse, type Value } from "./value.js";

const ofRankOne = (choices: Choices) => choices.pick(({ shape }) => shape.length > 0);

/** The places that a range visits, as Python has it: steps of either sign, ends that may be open. */
function visited(
  side: number,
  [start, stop, step]: readonly [number | null, number | null, number],
) {
  const seen = (place: number | null, open: number) =>
    place === null ? open : place < 0 ? place + side : place;
  const places: number[] = [];
  if (step > 0) {
    const last = Math.min(seen(stop, side), side);
    for (let at = Math.max(seen(start, 0), 0); at < last; at += step) places.push(at);
  } else {
    const last = stop === null ? -1 : Math.max(seen(stop, -1), -1);
    for (let at = Math.min(seen(start, side - 1), side - 1); at > last; at += step) places.push(at);
  }
  return places;
}

const slice = ofOne("slice", ofRankOne, ({ shape }, choices) => {
  if (shape.length === 0) return null;
  const ranges = shape.map((side): SliceRange => {
    const kind = choices.below(4);
    if (kind === 0) return null;
    if (kind === 1 && side > 0) return choices.below(2 * side) - side;
    const place = () => (choices.below(4) === 0 ? null : choices.below(2 * side + 3) - side - 1);
    return [place(), place(), [1, 2, 3, -1, -2][choices.below(5)]!];
  });
  return {
    note: JSON.stringify(ranges),
    run: (x) => x.slice(...ranges),
    mean: (x) => {
      const places = x.shape.map((side, axis) => {
        const range = ranges[axis]!;
        if (typeof range === "number") return [range < 0 ? range + side : range];
        return visited(
          side,
          range === null ? [null, null, 1] : [range[0], range[1], range[2] ?? 1],
        );
      });
      const kept = ranges.flatMap((range, axis) => (typeof range === "number" ? [] : [axis]));
      return moved(
        x,
        kept.map((axis) => places[axis]!.length),
        (index) =>
          places.map((list, axis) => list[kept.includes(axis) ? index[kept.indexOf(axis)]! : 0]!),
      );
    },
  };
});

const pad = ofOne("pad", ofRankOne, ({ shape, dtype }, choices) => {
  const widths = shape.map(() => [choices.below(3), choices.below(2)] as const);
  const gaps = shape.map(() => choices.below(2));
  const value = dtype === "float64" ? choices.below(3) / 2 : 0;
  return {
    note: `${JSON.stringify(widths)}, gaps [${gaps}], ${value}`,
    run: (x) => x.pad(widths, { gaps, value }),
    mean: (x) => {
      const sides = x.shape.map(
        (side, axis) =>
          widths[axis]![0] + widths[axis]![1] + side + Math.max(0, side - 1) * gaps[axis]!,
      );
      return moved(x, sides, (index) => {
        const from = index.map((i, axis) => (i - widths[axis]![0]) / (gaps[axis]! + 1));
        const isInside = from.every(
          (i, axis) => Number.isInteger(i) && i >= 0 && i < x.shape[axis]!,
        );
        return isInside ? from : value;
      });
    },
  };
});

/** Several values one after the other: it takes one of them in different parts. */
const concatenated: Operation = {
  name: "concat",
  plan: (choices) => {
    const first = choices.pick(({ shape }) => shape.length > 0);
    if (first === null || choices.values[first]!.shape.length === 0) return null;
    const { shape, dtype } = choices.values[first]!;
    const axis = choices.below(shape.length);
    const second = choices.pick(
      (other) =>
        other.dtype === dtype &&
        other.shape.length === shape.length &&
        other.shape.every((side, i) => i === axis || side === shape[i]),
    );
    if (second === null) return null;
    return {
      args: [first, second],
      note: `axis ${axis}`,
      run: (x) => concat(x, axis),
      mean: ([a, b]) => {
        refuse(a!.dtype !== b!.dtype, "two dtypes");
        const rest = (value: Value) => value.shape.filter((_, i) => i !== axis);
        refuse(a!.shape.length !== b!.shape.length, "two ranks");
        refuse(String(rest(a!)) !== String(rest(b!)), "sides off the axis differ");
        const before = a!.shape[axis]!;
        const shape = a!.shape.with(axis, before + b!.shape[axis]!);
        const element = (index: readonly number[]) =>
          index[axis]! < before ? at(a!, index) : at(b!, index.with(axis, index[axis]! - before));
        return asValue(build(shape, element), a!.dtype);
      },
    };
  },
};

const stacked: Operation = {
  name: "stack",
  plan: (choices) => {
    const first = choices.pick(({ shape }) => shape.length < 5);
    if (first === null) return null;
    const { shape, dtype } = choices.values[first]!;
    const second = choices.pick((x) => x.dtype === dtype && String(x.shape) === String(shape));
    if (second === null) return null;
    const axis = choices.below(shape.length + 1);
    return {
      args: [first, second, first],
      note: `axis ${axis}`,
      run: (x) => stack(x, axis),
      mean: (x) => {
        refuse(new Set(x.map(({ dtype }) => dtype)).size > 1, "two dtypes");
        refuse(new Set(x.map(({ shape }) => String(shape))).size > 1, "two shapes");
        const element = (index: readonly number[]) =>
          at(x[index[axis]!]!, index.toSpliced(axis, 1));
        return asValue(build(x[0]!.shape.toSpliced(axis, 0, x.length), element), x[0]!.dtype);
      },
    };
  },
};

const split = ofOne("split", ofRankOne, ({ shape }, choices) => {
  if (shape.length === 0) return null;
  const axis = choices.below(shape.length);
  const first = choices.below(shape[axis]! + 1);
  const sizes = [first, shape[axis]! - first];
  return {
    note: `[${sizes}], axis ${axis}, the second`,
    run: (x) => x.split(sizes, axis)[1]!,
    mean: (x) =>
      moved(x, x.shape.with(axis, sizes[1]!), (index) => index.with(axis, index[axis]! + first)),
  };
});

/** Parts of values, and values made of parts. */
export const parts: readonly Operation[] = [slice, pad, concatenated, stacked, split];
