import { type Shape, tensor } from "../../../src/index.js";
import { at, build, indicesOf } from "../plain.js";
import { type Choices, type Operation, ofOne } from "./operation.js";
import { asValue, moved, refuse, sizeOf, type Value } from "./value.js";

const ofRankOne = (choices: Choices) => choices.pick(({ shape }) => shape.length > 0);

/** Indices into an axis of this side; now and then one that is out of range. */
function indicesInto(side: number, shape: Shape, choices: Choices): Value | null {
  const size = sizeOf(shape);
  if (side === 0 && size > 0) return null;
  const data = Array.from({ length: size }, () => choices.below(side));
  if (choices.isCareless && size > 0) data[0] = side;
  return asValue({ shape, data }, "int32");
}

const literal = ({ data, shape, dtype }: Value) => tensor([...data], { shape, dtype });

/** The elements of x at places of which one axis is looked up: none may lie outside it. */
const picked = (
  x: Value,
  shape: Shape,
  axis: number,
  indexAt: (place: readonly number[]) => number,
): Value =>
  moved(x, shape, (place) => {
    const i = indexAt(place);
    refuse(i < 0 || i >= x.shape[axis]!, "no such index");
    return place.with(axis, i);
  });

const gather = ofOne("gather", ofRankOne, (x, choices) => {
  if (x.shape.length === 0) return null;
  const axis = choices.below(x.shape.length);
  const shape = x.shape.with(axis, choices.below(4));
  const index = indicesInto(x.shape[axis]!, shape, choices);
  return (
    index && {
      note: `[${index.data}] of [${shape}], axis ${axis}`,
      run: (x) => x.gather(literal(index), axis),
      mean: (x) => picked(x, shape, axis, (place) => at(index, place)),
    }
  );
});

const takeAlongAxis = ofOne("takeAlongAxis", ofRankOne, (x, choices) => {
  if (x.shape.length === 0) return null;
  const axis = choices.below(x.shape.length);
  const count = choices.below(4);
  const index = indicesInto(
    x.shape[axis]!,
    x.shape.map((_, i) => (i === axis ? count : 1)),
    choices,
  );
  return (
    index && {
      note: `[${index.data}], axis ${axis}`,
      run: (x) => x.takeAlongAxis(literal(index), axis),
      mean: (x) => picked(x, x.shape.with(axis, count), axis, (place) => index.data[place[axis]!]!),
    }
  );
});

const indexSelect = ofOne("indexSelect", ofRankOne, (x, choices) => {
  if (x.shape.length === 0) return null;
  const axis = choices.below(x.shape.length);
  const index = indicesInto(x.shape[axis]!, [choices.below(5)], choices);
  return (
    index && {
      note: `[${index.data}], axis ${axis}`,
      run: (x) => x.indexSelect(literal(index), axis),
      mean: (x) =>
        picked(
          x,
          x.shape.with(axis, index.data.length),
          axis,
          (place) => index.data[place[axis]!]!,
        ),
    }
  );
});

/** Adds elements of one value to another of the same shape off the axis. */
const scatterAdd: Operation = {
  name: "scatterAdd",
  plan: (choices) => {
    const target = choices.pickFloat(Number.isFinite, ({ shape }) => shape.length > 0);
    if (target === null) return null;
    const { shape, dtype } = choices.values[target]!;
    if (shape.length === 0 || dtype !== "float64") return null;
    const axis = choices.below(shape.length);
    const off = (sides: Shape) => String(sides.with(axis, 0));
    const source = choices.pick(
      (x) =>
        x.dtype === dtype &&
        x.shape.length === shape.length &&
        off(x.shape) === off(shape) &&
        x.data.every(Number.isFinite),
    );
    if (source === null) return null;
    const index = indicesInto(shape[axis]!, choices.values[source]!.shape, choices);
    return (
      index && {
        args: [target, source],
        note: `[${index.data}], axis ${axis}`,
        run: ([x, source]) => x!.scatterAdd(literal(index), source!, axis),
        mean: ([x, source]) => {
          refuse(source!.dtype !== x!.dtype, "two dtypes");
          refuse(source!.shape.length !== x!.shape.length, "two ranks");
          refuse(off(source!.shape) !== off(x!.shape), "sides off the axis differ");
          refuse(
            index.data.some((i) => i >= x!.shape[axis]!),
            "no such index",
          );
          const places = indicesOf(source!.shape);
          return asValue(
            build(x!.shape, (target) =>
              places
                .filter((place) => String(place.with(axis, at(index, place))) === String(target))
                .reduce((sum, place) => sum + at(source!, place), at(x!, target)),
            ),
          );
        },
      }
    );
  },
};

/** More than most indices that a program computes. */
const CLASSES = 9;

const oneHot = ofOne(
  "oneHot",
  (choices) =>
    choices.pick(
      ({ dtype, data }) => dtype === "int32" && data.every((x) => x >= 0 && x < CLASSES),
    ),
  (x, choices) => {
    if (x.dtype !== "int32") return null;
    const classes = choices.isCareless ? 1 : CLASSES;
    return {
      note: `${classes}`,
      run: (x) => x.oneHot(classes, { dtype: "float64" }),
      mean: (x) => {
        refuse(
          x.data.some((i) => i < 0 || i >= classes),
          "no such class",
        );
        return asValue(
          build([...x.shape, classes], (index) =>
            Number(at(x, index.slice(0, -1)) === index.at(-1)),
          ),
        );
      },
    };
  },
);

export const indexing: readonly Operation[] = [
  gather,
  takeAlongAxis,
  indexSelect,
  scatterAdd,
  oneHot,
];
