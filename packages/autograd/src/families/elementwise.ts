import { type DType, floatOf } from "../dtype.js";
import { onNumbers } from "../execute.js";
import { forEachRow, type NDArray, rowLength, rowStep } from "../ndarray.js";
import { type Formula, type Op, primitive, type Rules, type Tensor } from "../op.js";
import { arithmetic } from "./dtypes.js";
import { lanewise } from "./lanes.js";

type Scalar = NonNullable<Op["scalar"]>;

/** Applies a function of numbers to arrays of one shape, element by element. */
export function elementwise(out: NDArray, x: readonly NDArray[], scalar: Scalar): void {
  const [a, b = a, c = a] = x as readonly [NDArray, NDArray?, NDArray?];
  const result = out.data;
  if (x.every((array) => array.isDense)) {
    const [p, q, r] = [a.contiguous().data, b.contiguous().data, c.contiguous().data];
    const size = result.length;
    if (x.length === 1) for (let i = 0; i < size; i++) result[i] = scalar(p[i]!, 0, 0);
    else if (x.length === 2) for (let i = 0; i < size; i++) result[i] = scalar(p[i]!, q[i]!, 0);
    else for (let i = 0; i < size; i++) result[i] = scalar(p[i]!, q[i]!, r[i]!);
    return;
  }
  const length = rowLength(out);
  const [stepA, stepB, stepC] = [rowStep(a), rowStep(b), rowStep(c)];
  forEachRow([a, b, c], ([atA, atB, atC], row) => {
    for (let i = 0; i < length; i++) {
      result[row * length + i] = scalar(
        a.data[atA! + i * stepA]!,
        b.data[atB! + i * stepB]!,
        c.data[atC! + i * stepC]!,
      );
    }
  });
}

export interface Unary {
  readonly name: string;
  readonly formula: Formula;
  readonly scalar: (x: number) => number;
  /** The same in float32, where that is another algorithm. */
  readonly single?: (x: number) => number;
  /** How the dtype of the result follows from the input's; kept if left out. */
  readonly result?: (dtype: DType) => DType;
  readonly vjp: Rules<readonly [Tensor], unknown>;
}

/** A function of one number, applied to every element. */
export const unary = ({ result = (dtype) => dtype, ...op }: Unary): Op =>
  primitive<readonly [Tensor]>({
    ...op,
    family: "unary",
    shape: ([x]) => x!.shape,
    dtype: ([x]) => result(x!.dtype),
    forward: (out, x) => elementwise(out, x, onNumbers(op, x[0]!)!),
    batch: lanewise,
  });

/** A function of numbers proper: bool is refused, the dtype stays. */
export const numeric = (op: Omit<Unary, "result">): Op => {
  const any = unary(op);
  return { ...any, dtype: ([x]) => arithmetic(op.name, x!) };
};

/** A function that leaves the integers, such as a root or an exponential: they become float32. */
export const analytic = (op: Unary): Op => unary({ ...op, result: floatOf });

export interface Binary {
  readonly name: string;
  readonly formula: Formula;
  readonly scalar: (a: number, b: number) => number;
  readonly single?: (a: number, b: number) => number;
  readonly result?: (dtype: DType) => DType;
  readonly vjp: Rules<readonly [Tensor, Tensor], unknown>;
}

/** A function of two numbers. Its inputs have one shape: broadcasting is recorded before it. */
export const binary = ({ result = (dtype) => dtype, ...op }: Binary): Op =>
  primitive<readonly [Tensor, Tensor]>({
    ...op,
    family: "binary",
    shape: ([a]) => a!.shape,
    dtype: ([a]) => result(arithmetic(op.name, a!)),
    forward: (out, x) => elementwise(out, x, onNumbers(op, x[0]!)!),
    batch: lanewise,
  });
