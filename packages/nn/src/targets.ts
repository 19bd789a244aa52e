import {
  asTensor,
  DTypeError,
  type Operand,
  ShapeError,
  sameShape,
  showShape,
  type Tensor,
  type TensorLike,
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

/** The values of a tensor, if it stands for known targets, or the tensor itself. */
export const knownOf = (target: Tensor): Tensor =>
  target === known?.placeholder ? known.values : target;

/** Predictions with the targets in their places, which have to be of one shape and dtype. */
export function readPair(
  op: string,
  prediction: Operand,
  target: TensorLike,
): readonly [prediction: Tensor, target: Tensor] {
  const y = prediction.asTensor();
  const t = asTensor(target, y.dtype);
  checkAlike(op, y, t);
  return [y, t];
}

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

interface Wording {
  /** What the values are; targets by default. */
  readonly what?: string;
  /** By default, that each must be in the domain. */
  readonly fix?: string;
}

/** Refuses values outside a domain, naming the first one and its place. */
export function checkValues(
  op: string,
  tensor: Tensor,
  domain: string,
  allows: (value: number) => boolean,
  { what = "target", fix = `every ${what} must be ${domain}` }: Wording = {},
): void {
  const found = findValue(tensor, (value) => !allows(value));
  if (!found) return;
  throw new ValueError(op, `the ${what} ${found.place}is ${found.value}, not ${domain}`, {
    shapes: [tensor.shape],
    fix,
  });
}

/** The first value that holds true, of those that are known, and its place: "at [2, 0] ". */
export function findValue(
  target: Tensor,
  holds: (value: number) => boolean,
): { readonly value: number; readonly place: string } | undefined {
  const own = knownOf(target);
  const values = own.value === undefined ? [] : own.toTypedArray();
  const at = values.findIndex(holds);
  return at < 0 ? undefined : { value: values[at]!, place: placeOf(at, own) };
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
