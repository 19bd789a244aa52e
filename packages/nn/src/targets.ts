import {
  DTypeError,
  IndexError,
  ShapeError,
  sameShape,
  showShape,
  type Tensor,
  ValueError,
} from "@neurite/autograd";

// What is asked of targets before anything is computed from them. Values are read only where they
// are known: other placeholders of a trace pass.

/** A placeholder, and the values of which it will stand for some rows. */
let known: { readonly placeholder: Tensor; readonly values: Tensor } | null = null;

/** Runs `body`, which checks the given values where it would check those of the placeholder. */
export function withKnownTargets<T>(placeholder: Tensor, values: Tensor, body: () => T): T {
  const outer = known;
  known = { placeholder, values };
  try {
    return body();
  } finally {
    known = outer;
  }
}

const knownOf = (target: Tensor): Tensor => (target === known?.placeholder ? known.values : target);

/** Refuses targets that are not of the predictions' shape and dtype; nothing is broadcast. */
export function checkAlike(op: string, prediction: Tensor, target: Tensor): void {
  const shapes = [prediction.shape, target.shape];
  if (!sameShape(prediction.shape, target.shape)) {
    const [left, right] = shapes.map(showShape);
    throw new ShapeError(op, `predictions of shape ${left} against targets of shape ${right}`, {
      shapes,
      fix:
        prediction.size === target.size
          ? `give both one shape, as with target.reshape(${left})`
          : "give every prediction exactly one target",
    });
  }
  if (prediction.dtype === target.dtype) return;
  throw new DTypeError(op, `predictions are ${prediction.dtype}, targets ${target.dtype}`, {
    shapes,
    fix: `convert the targets with .cast("${prediction.dtype}")`,
  });
}

/** Refuses anything but rows `[n, width]`, or one row `[width]`. */
export function checkRows(op: string, rows: Tensor): void {
  if (rows.rank === 1 || rows.rank === 2) return;
  const width = rows.shape.at(-1) ?? 1;
  throw new ShapeError(op, `expected rows [n, ${width}], got shape ${showShape(rows.shape)}`, {
    shapes: [rows.shape],
    fix: `lay the rows one under the other, as with reshape([-1, ${width}])`,
  });
}

/** Refuses targets that are not one number for each row. */
export function checkOnePerRow(op: string, rows: Tensor, target: Tensor): void {
  const expected = rows.shape.slice(0, -1);
  if (sameShape(expected, target.shape)) return;
  const [left, right] = [showShape(rows.shape), showShape(target.shape)];
  throw new ShapeError(op, `rows of shape ${left} against targets of shape ${right}`, {
    shapes: [rows.shape, target.shape],
    fix: `give one target for each row: shape ${showShape(expected)}`,
  });
}

/** Refuses values outside a domain, naming the first one and its place. */
export function checkValues(
  op: string,
  target: Tensor,
  domain: string,
  allows: (value: number) => boolean,
): void {
  const own = knownOf(target);
  const { at, value } = firstWhere(own, (value) => !allows(value));
  if (value === undefined) return;
  throw new ValueError(op, `the target ${placeOf(at, own)}is ${value}, not ${domain}`, {
    shapes: [target.shape],
    fix: `every target must be ${domain}`,
  });
}

/** Refuses class numbers that are no int32, not one for each row, or beyond the last class. */
export function checkClasses(op: string, scores: Tensor, target: Tensor): void {
  checkRows(op, scores);
  checkOnePerRow(op, scores, target);
  if (target.dtype !== "int32") {
    throw new DTypeError(op, `class numbers must be int32, got ${target.dtype}`, {
      shapes: [target.shape],
      fix: 'make them with tensor(labels, { dtype: "int32" }), or convert with .cast("int32")',
    });
  }
  const classes = scores.shape.at(-1)!;
  const own = knownOf(target);
  const { at, value } = firstWhere(own, (value) => value < 0 || value >= classes);
  if (value === undefined) return;
  const problem = `the target ${placeOf(at, own)}is class ${value}, of 0 to ${classes - 1}`;
  throw new IndexError(op, problem, {
    shapes: [scores.shape, target.shape],
    fix: value < 0 ? "count classes from 0" : `give the model ${value + 1} outputs, or more`,
  });
}

/** Refuses rows of probabilities that do not sum to 1. */
export function checkSums(op: string, target: Tensor): void {
  const { at, value } = firstWhere(knownOf(target).sum(-1), (sum) => !(Math.abs(sum - 1) <= 1e-3));
  if (value === undefined) return;
  throw new ValueError(op, `the target probabilities of row ${at} sum to ${value}`, {
    shapes: [target.shape],
    fix: "make every row sum to 1; class numbers are int32, without the last axis",
  });
}

function firstWhere(target: Tensor, holds: (value: number) => boolean) {
  const values = target.value === undefined ? [] : target.toTypedArray();
  const at = values.findIndex(holds);
  return { at, value: values[at] };
}

/** "at [2, 0] " for element 6 of shape [4, 3]; nothing for a scalar. */
function placeOf(at: number, { shape, rank }: Tensor): string {
  const index: number[] = [];
  for (let axis = rank - 1, rest = at; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return rank === 0 ? "" : `at [${index.join(", ")}] `;
}
