import type { DType } from "./dtype.js";
import type { NDArray, Value } from "./ndarray.js";
import type { Shape } from "./shape.js";
import type { Tensor } from "./tensor.js";

// Types only. This import is the one listed cycle: an op is written in the language of tensors, and
// a tensor remembers its op. Modules below tensor.ts name the type from here.
export type { Tensor };

/** What is known of a value before it is computed. */
export interface Spec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** What the members of a family share; passes ask for this, never for an op's name. */
export type Family =
  | "leaf"
  | "unary"
  | "binary"
  | "comparison"
  | "selection"
  | "reduction"
  | "recurrence"
  | "movement"
  | "contraction"
  | "factorization"
  | "indexing"
  | "random"
  | "call";

/** The op in the notation of a textbook: `x̄` is the cotangent of `x`. One VJP line an input. */
export interface Formula {
  readonly forward: string;
  readonly vjp: readonly string[];
}

/** What a derivative rule may use. The letters are the same in every op. */
export interface VjpContext<X extends readonly Tensor[] = readonly Tensor[], A = unknown> {
  /** The cotangent of the output. */
  readonly g: Tensor;
  /** The inputs. */
  readonly x: X;
  /** The output. */
  readonly y: Tensor;
  readonly attrs: A;
}

/** The cotangent of one input, as a graph of tensors: it can be differentiated again. */
export type VjpRule<X extends readonly Tensor[] = readonly Tensor[], A = unknown> = (
  context: VjpContext<X, A>,
) => Tensor;

/** What a batching rule may use: the op runs once for many lanes, which lie along axis 0. */
export interface BatchContext<X extends readonly Tensor[] = readonly Tensor[], A = unknown> {
  /** The inputs, all with lanes: what is the same in every lane is repeated (without a copy). */
  readonly x: X;
  /** The inputs as they are, some of them without lanes. */
  readonly bare: X;
  /** Which inputs have lanes of their own. */
  readonly batched: readonly boolean[];
  /** How many lanes there are. */
  readonly lanes: number;
  readonly attrs: A;
  /** Applies the same op to other inputs. */
  apply(inputs: readonly Tensor[], attrs: A): Tensor;
}

/** The result of all lanes, along axis 0, as a graph of tensors. */
export type BatchRule<X extends readonly Tensor[] = readonly Tensor[], A = unknown> = (
  context: BatchContext<X, A>,
) => Tensor;

/**
 * What an op of several results has instead of `forward` and `vjp`. Its node holds them together;
 * a `project` node picks one.
 */
export interface TupleRules<A = unknown> {
  outputs(x: readonly Spec[], attrs: A): readonly Spec[];
  run(x: readonly Value[], attrs: A): readonly Value[];
  /** The cotangents of all inputs from those of the outputs that a gradient reached. */
  vjp(context: TupleVjpContext<A>): readonly (Tensor | undefined)[];
  batch(context: Omit<BatchContext<readonly Tensor[], A>, "apply">): readonly BatchedResult[];
}

/** One of the results for many lanes, which lie along axis 0 unless it is the same in all. */
export interface BatchedResult {
  readonly tensor: Tensor;
  readonly batched: boolean;
}

/** What the derivative of an op of several results may use. */
export interface TupleVjpContext<A = unknown> {
  readonly g: readonly (Tensor | undefined)[];
  readonly x: readonly Tensor[];
  readonly y: readonly Tensor[];
  readonly attrs: A;
  /** Which inputs a gradient is asked for; those of the others are not looked at. */
  readonly needed: readonly boolean[];
}

/**
 * A primitive operation: the only record that knows it. `A` are its attributes: what it needs to
 * know besides its inputs, such as an axis.
 */
export interface Op<A = unknown> {
  readonly name: string;
  readonly family: Family;
  readonly formula: Formula;
  /** The op on numbers, for elementwise ops. It serves scalars and the tensor loop alike. */
  readonly scalar?: (a: number, b: number, c: number) => number;
  /** The same in float32, rounded after each step, where that is another algorithm. */
  readonly single?: (a: number, b: number, c: number) => number;
  /** Says that the rules are meant to differ from the derivative, and after whom. */
  readonly surrogate?: string;
  /** The results, where there are several: their node holds them all. */
  readonly tuple?: TupleRules<A>;
  /** Takes one of the results that its input holds. */
  pick?(results: readonly Value[], attrs: A): Value;
  shape(x: readonly Spec[], attrs: A): Shape;
  dtype(x: readonly Spec[], attrs: A): DType;
  /** The result as a view of the input's elements, where no arithmetic is needed. */
  view?(x: NDArray, shape: Shape, attrs: A): NDArray;
  /** Writes the result into `out`, which is contiguous and has the shape above. */
  forward(out: NDArray, x: readonly NDArray[], attrs: A): void;
  /**
   * One rule an input, or one function of the slot for ops of any number of inputs. `null`: no
   * gradient flows to that input (an index, a condition). Left out: the op has no derivative.
   */
  vjp?:
    | readonly (BivariantRule<A> | null)[]
    | { bivariant(context: VjpContext<readonly Tensor[], A>, slot: number): Tensor }["bivariant"];
  /** How one node of the op computes many lanes: what `vmap` asks for. */
  batch: { bivariant(context: BatchContext<never, A>): Tensor }["bivariant"];
}

// Methods are compared bivariantly, which lets ops of different inputs and attributes share a
// registry.
type BivariantRule<A> = { bivariant(context: VjpContext<never, A>): Tensor }["bivariant"];

/** The rules of an op with the inputs `X`: the compiler checks that there is one for each. */
export type Rules<X extends readonly Tensor[], A> = number extends X["length"]
  ? (context: VjpContext<X, A>, slot: number) => Tensor
  : { readonly [K in keyof X]: VjpRule<X, A> | null };

/** An op as its author writes it: `primitive<[Tensor, Tensor], { axis: number }>({ ... })`. */
export interface Primitive<X extends readonly Tensor[], A = unknown>
  extends Omit<Op<A>, "vjp" | "batch"> {
  readonly vjp?: Rules<X, A>;
  readonly batch: BatchRule<X, A>;
}

export const primitive = <X extends readonly Tensor[], A = unknown>(op: Primitive<X, A>): Op<A> =>
  op as Op<A>;
