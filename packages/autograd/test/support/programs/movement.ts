import { at, build } from "../plain.js";
import { type Choices, type Operation, ofOne } from "./operation.js";
import { asValue, moved, refuse, sizeOf } from "./value.js";

const anything = (choices: Choices) => choices.pick();
const ofRank = (least: number) => (choices: Choices) =>
  choices.pick(({ shape }) => shape.length >= least);

/** The same number of elements under another shape; now and then one too many. */
const reshape = ofOne("reshape", anything, (x, choices) => {
  const size = sizeOf(x.shape);
  const sides: number[] = [];
  let rest = size;
  while (rest > 1 && sides.length < 4) {
    const divisors = Array.from({ length: Math.min(9, rest) }, (_, i) => i + 1).filter(
      (side) => rest % side === 0,
    );
    const side = divisors[choices.below(divisors.length)]!;
    sides.push(side);
    rest /= side;
  }
  const shape = size === 0 ? x.shape.toReversed() : [...sides, ...(rest > 1 ? [rest] : [])];
  const given = choices.isCareless ? [...shape, 2] : shape;
  return {
    note: `[${given}]`,
    run: (x) => x.reshape(given),
    mean: (x) => {
      refuse(sizeOf(given) !== sizeOf(x.shape), "another number of elements");
      return { ...x, shape: given };
    },
  };
});

const transpose = ofOne("transpose", anything, (x, choices) => {
  const order = x.shape.map((_, axis) => axis);
  for (let i = order.length - 1; i > 0; i--) {
    const j = choices.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return {
    note: `[${order}]`,
    run: (x) => x.transpose(order),
    mean: (x) =>
      moved(
        x,
        order.map((axis) => x.shape[axis]!),
        (index) => order.map((_, axis) => index[order.indexOf(axis)]!),
      ),
  };
});

const unsqueeze = ofOne(
  "unsqueeze",
  (choices) => choices.pick(({ shape }) => shape.length < 5),
  ({ shape }, choices) => {
    const axis = choices.below(shape.length + 1);
    const to = shape.toSpliced(axis, 0, 1);
    return { note: `${axis}`, run: (x) => x.unsqueeze(axis), mean: (x) => ({ ...x, shape: to }) };
  },
);

const squeeze = ofOne("squeeze", anything, ({ shape }) => {
  const to = shape.filter((side) => side !== 1);
  return { run: (x) => x.squeeze(), mean: (x) => ({ ...x, shape: to }) };
});

const broadcastTo = ofOne(
  "broadcastTo",
  (choices) => choices.pick(({ shape }) => shape.length < 5),
  ({ shape }, choices) => {
    const wide = shape.map((side) => (side === 1 ? choices.below(4) : side));
    const to = choices.below(2) ? [choices.below(4), ...wide] : wide;
    return {
      note: `[${to}]`,
      run: (x) => x.broadcastTo(to),
      mean: (x) =>
        asValue(
          build(to, (index) => at(x, index)),
          x.dtype,
        ),
    };
  },
);

const flip = ofOne("flip", anything, ({ shape }, choices) => {
  const axes = shape.flatMap((_, axis) => (choices.below(2) ? [axis] : []));
  return {
    note: `[${axes}]`,
    run: (x) => x.flip(axes),
    mean: (x) =>
      moved(x, x.shape, (index) =>
        index.map((i, axis) => (axes.includes(axis) ? x.shape[axis]! - 1 - i : i)),
      ),
  };
});

const roll = ofOne("roll", ofRank(1), ({ shape }, choices) => {
  if (shape.length === 0) return null;
  const [axis, shift] = [choices.below(shape.length), choices.below(21) - 10];
  return {
    note: `${shift}, axis ${axis}`,
    run: (x) => x.roll(shift, axis),
    mean: (x) => {
      const side = x.shape[axis]!;
      return moved(x, x.shape, (index) =>
        index.with(axis, (((index[axis]! - shift) % side) + side) % side),
      );
    },
  };
});

const tile = ofOne("tile", ofRank(1), ({ shape }, choices) => {
  const counts = shape.map(() => choices.below(3));
  return {
    note: `[${counts}]`,
    run: (x) => x.tile(counts),
    mean: (x) =>
      moved(
        x,
        x.shape.map((side, axis) => side * counts[axis]!),
        (index) => index.map((i, axis) => i % x.shape[axis]!),
      ),
  };
});

const repeat = ofOne("repeat", ofRank(1), ({ shape }, choices) => {
  if (shape.length === 0) return null;
  const [axis, count] = [choices.below(shape.length), choices.below(4)];
  return {
    note: `${count}, axis ${axis}`,
    run: (x) => x.repeat(count, axis),
    mean: (x) =>
      moved(x, x.shape.with(axis, x.shape[axis]! * count), (index) =>
        index.with(axis, Math.floor(index[axis]! / count)),
      ),
  };
});

const triangle = (name: "tril" | "triu"): Operation =>
  ofOne(name, ofRank(2), ({ shape, dtype }, choices) => {
    if (shape.length < 2 || dtype === "bool") return null;
    const k = choices.below(5) - 2;
    return {
      note: `${k}`,
      run: (x) => x[name](k),
      mean: (x) =>
        moved(x, x.shape, (index) => {
          const above = index.at(-1)! - index.at(-2)!;
          return (name === "tril" ? above <= k : above >= k) ? index : 0;
        }),
    };
  });

const diag = ofOne(
  "diag",
  (choices) => choices.pick(({ shape }) => shape.length === 1 || shape.length === 2),
  ({ shape }, choices) => {
    if (shape.length !== 1 && shape.length !== 2) return null;
    const k = choices.below(5) - 2;
    return {
      note: `${k}`,
      run: (x) => x.diag(k),
      mean: (x) => {
        const [down, right] = [Math.max(0, -k), Math.max(0, k)];
        if (x.shape.length === 2) {
          const length = Math.max(0, Math.min(x.shape[0]! - down, x.shape[1]! - right));
          return moved(x, [length], ([i]) => [i! + down, i! + right]);
        }
        const side = x.shape[0]! + Math.abs(k);
        return moved(x, [side, side], ([i, j]) => (j! - i! === k ? [i! - down] : 0));
      },
    };
  },
);

const unfold = ofOne("unfold", ofRank(1), ({ shape }, choices) => {
  if (shape.length === 0 || shape.length > 4) return null;
  const axis = choices.below(shape.length);
  const [size, step, dilation] = [choices.below(3) + 1, choices.below(3) + 1, choices.below(2) + 1];
  const count = Math.floor((shape[axis]! - (size - 1) * dilation - 1) / step) + 1;
  if (count < 1) return null;
  return {
    note: `axis ${axis}, size ${size}, step ${step}, dilation ${dilation}`,
    run: (x) => x.unfold(axis, size, { step, dilation }),
    mean: (x) =>
      moved(x, [...x.shape.with(axis, count), size], (index) =>
        index.slice(0, -1).with(axis, index[axis]! * step + index.at(-1)! * dilation),
      ),
  };
});

export const movement: readonly Operation[] = [
  reshape,
  transpose,
  unsqueeze,
  squeeze,
  broadcastTo,
  flip,
  roll,
  tile,
  repeat,
  triangle("tril"),
  triangle("triu"),
  diag,
  unfold,
];
