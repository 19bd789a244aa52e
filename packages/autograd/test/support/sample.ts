import type { DType, Nested, Operand, Tensor } from "../../src/index.js";
import type { Plain } from "./plain.js";

/** A function as its user calls it, on the inputs of a sample. */
export type Apply = (...x: Tensor[]) => Operand;

/** One call of an op and, computed by other means, what it must return. */
export interface Sample {
  readonly title: string;
  /** Floating-point inputs are float64 and are differentiated; int32 and bool ones are held. */
  readonly inputs: readonly Tensor[];
  readonly apply: Apply;
  /** Independent of the library: plain loops, other identities, definitions. */
  readonly reference: (...x: Plain[]) => Plain;
  /** Whether the function is differentiable here, so that differences mean something. */
  readonly smooth: boolean;
}

/** A point where the value and the gradient are a convention: tables 2.1 and 2.2. */
export interface Special {
  readonly title: string;
  readonly inputs: readonly Tensor[];
  readonly apply: Apply;
  readonly value: Nested;
  /** The gradient of the sum of the result by each input; `undefined`: not asserted. */
  readonly gradient?: readonly (Nested | undefined)[];
}

/** A wrong call and the facts that its error must state. */
export interface ErrorCase {
  readonly title: string;
  readonly inputs: readonly Tensor[];
  readonly apply: Apply;
  readonly error: "ShapeError" | "DTypeError" | "IndexError" | "ValueError" | "GradientError";
  /** Parts of the message, numbers and way out included. */
  readonly says: readonly string[];
  /** The function that the error names, where it is not called like the op of the record. */
  readonly op?: string;
}

/** All that the tests know of one op. */
export interface OpSamples {
  readonly differentiable: boolean;
  readonly samples: readonly Sample[];
  readonly specials: readonly Special[];
  readonly errors: readonly ErrorCase[];
  /** The dtype of the result when the float inputs are of another one; null: a DTypeError. */
  readonly dtypes?: Partial<Record<DType, DType | null>>;
  /** The largest relative error of float32, in units of the largest number in the call. */
  readonly float32?: number;
  /** The smallest rank that the op is defined for; its samples include it. */
  readonly leastRank?: number;
}
