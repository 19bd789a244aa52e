import { checkDTypes, type DType, isFloat, rounded, type TypedArray } from "./dtype.js";
import { DTypeError, GradientError } from "./errors.js";
import { asValue, execute, onNumbers } from "./execute.js";
import { type Literal, type LiteralOptions, parseLiteral } from "./literal.js";
import {
  detach,
  isDetached,
  labelOf,
  markFunction,
  markOfDerivative,
  ownerOf,
  resultsOf,
  setLabel,
  setResults,
} from "./marks.js";
import { Operand } from "./methods/operand.js";
import { Recorder, type TensorLike } from "./methods/recorder.js";
import { NDArray, type Value } from "./ndarray.js";
import type { Op, Spec } from "./op.js";
import { constant, placeholder } from "./ops/leaf.js";
import { project } from "./ops/project.js";
import { isInRule, isRecording } from "./recording.js";
import { currentScope, type Scope } from "./scope.js";
import { broadcastShapes, SCALAR, type Shape, sameShape } from "./shape.js";
import { SCALARS, specFor } from "./spec.js";
import type { Cell } from "./trace/effects.js";
import { watcher } from "./watch.js";

/**
 * A node of the graph: an operation, what it was applied to, and (unless the graph is being traced
 * ahead of its values) the result. Nodes never change.
 */
export class Tensor extends Operand {
  /** Scratch of the traversal that is running; −1 between traversals. */
  slot = -1;

  // Bytes a node are what recording costs: up to two operands need no list of their own.
  constructor(
    readonly op: Op,
    /** The first operand of one or two. */
    readonly a: Tensor | undefined,
    /** The second operand of two. */
    readonly b: Tensor | undefined,
    /** All operands, if they are more than two. */
    readonly rest: readonly Tensor[],
    readonly attrs: unknown,
    readonly spec: Spec,
    readonly scope: Scope,
    /** A number for rank 0, an array for the rest; undefined for a node of a trace. */
    readonly value: Value | undefined,
  ) {
    super();
  }

  /** The operands in order, repeats included: `x.mul(x)` has two. */
  get inputs(): readonly Tensor[] {
    if (this.a === undefined) return this.rest;
    return this.b === undefined ? [this.a] : [this.a, this.b];
  }

  get shape(): Shape {
    return this.spec.shape;
  }

  get dtype(): DType {
    return this.spec.dtype;
  }

  /** The name that `as` gave the node. */
  get label(): string | undefined {
    return labelOf(this);
  }

  /** Names the node for printouts and diagrams: `z.as("weighted sum")`. */
  as(label: string): this {
    setLabel(this, label);
    return this;
  }

  /** The variable that this node stands for: a snapshot, or what a trace assigned to it. */
  get variable(): Cell | undefined {
    const { vjp } = this.op;
    // Such a node passes no gradient on; all others are spared the lookup.
    return typeof vjp === "object" && !vjp[0] ? ownerOf(this) : undefined;
  }

  /** Whether the node was traced under `noGrad`: it keeps its inputs, but no gradient passes. */
  get isDetached(): boolean {
    return this.value === undefined && isDetached(this);
  }

  asTensor(): Tensor {
    return this;
  }

  constantLike(values: number | readonly number[] | TypedArray, other?: Partial<Spec>): Tensor {
    return constantOf(other ? { ...this.spec, ...other } : this.spec, values);
  }

  placeholderLike(): Tensor {
    return leaf(placeholder, this.spec, undefined);
  }

  /** The results of an op of several, as nodes; else the node itself. */
  results(): readonly Tensor[] {
    return resultsOf(this) ?? [this];
  }

  /** Gradients belong to variables; those of other nodes are in what `backward()` returns. */
  get grad(): never {
    throw new GradientError("grad", "only a variable keeps a gradient", {
      fix: "keep the record: const record = loss.backward(); record.of(node)",
    });
  }

  protected unary(op: Op): Tensor {
    return applyUnary(op, this);
  }

  protected binary(op: Op, b: TensorLike): Tensor {
    return applyBinary(op, this, b);
  }

  protected apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs?: A): Tensor {
    return apply(op, inputs, attrs as A);
  }
}

/**
 * A constant: numbers the graph takes as given. Default dtype float32; typed arrays keep theirs.
 */
export function tensor(data: Literal, options: LiteralOptions & { label?: string } = {}): Tensor {
  const array = parseLiteral(data, options);
  const node = leaf(constant, array, asValue(array));
  return options.label === undefined ? node : node.as(options.label);
}

/** A constant of the given shape and dtype: one number everywhere, or these in row-major order. */
export function constantOf(
  { shape, dtype }: Spec,
  values: number | readonly number[] | TypedArray,
): Tensor {
  if (typeof values !== "number") return tensor(values, { shape, dtype });
  const array = NDArray.empty(dtype, shape);
  array.data.fill(values);
  return leaf(constant, array, asValue(array));
}

/** A node without inputs. */
export function leaf(op: Op, spec: Spec, value: Value | undefined): Tensor {
  return nodeOf(op, NONE, undefined, specFor(spec.shape, spec.dtype), value);
}

/** A node in the present scope. */
function nodeOf(
  op: Op,
  inputs: readonly Tensor[],
  attrs: unknown,
  spec: Spec,
  value: Value | undefined,
): Tensor {
  const few = inputs.length <= 2;
  const [a, b] = few ? inputs : NONE;
  return new Tensor(op, a, b, few ? NONE : inputs, attrs, spec, currentScope(), value);
}

/**
 * Anything an operation takes, as a node; numbers and literals adopt the dtype they stand beside.
 */
export function asTensor(like: TensorLike, dtype?: DType, op = "asTensor"): Tensor {
  if (like instanceof Recorder) return like.asTensor();
  if (typeof like !== "number") {
    const array = parseLiteral(like, ArrayBuffer.isView(like) ? {} : { dtype }, op);
    return leaf(constant, array, asValue(array));
  }
  if (dtype !== undefined && !isFloat(dtype) && rounded(dtype, like) !== like) {
    throw new DTypeError(op, `the number ${like} does not fit the ${dtype} tensor beside it`, {
      fix: 'convert the tensor first: .cast("float32")',
    });
  }
  const spec = specFor(SCALAR, dtype ?? "float32");
  return leaf(constant, spec, rounded(spec.dtype, like));
}

/** Applies an op as a user does: literals become constants, and broadcasting is recorded. */
export function apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs: A): Tensor {
  switch (op.family) {
    case "binary":
    case "comparison":
      return record(op, broadcast(op, alike(op, inputs)), attrs);
    case "selection": {
      const [condition, ...choices] = inputs;
      const chooser = asTensor(condition!, undefined, op.name);
      return record(op, broadcast(op, [chooser, ...alike(op, choices)]), attrs);
    }
    case "contraction":
    case "factorization":
      return record(op, alike(op, inputs), attrs);
    default: {
      const literals = op.family === "indexing" ? "int32" : undefined;
      return record(
        op,
        inputs.map((input) => asTensor(input, literals, op.name)),
        attrs,
      );
    }
  }
}

/** The inputs as nodes of one dtype: literals adopt that of the first tensor beside them. */
function alike(op: Op<never>, inputs: readonly TensorLike[]): Tensor[] {
  const first = inputs.find((input): input is Recorder => input instanceof Recorder);
  const dtype = first?.asTensor().dtype;
  const nodes = inputs.map((input) => asTensor(input, dtype, op.name));
  checkDTypes(op.name, nodes);
  return nodes;
}

/** The nodes in the shape they broadcast to; each that has another gets a node for it. */
function broadcast(op: Op<never>, nodes: readonly Tensor[]): readonly Tensor[] {
  const [first] = nodes;
  if (nodes.every((node) => node.shape === first!.shape)) return nodes;
  const shape = nodes.reduce((all, node) => broadcastShapes(op.name, all, node.shape), SCALAR);
  return nodes.map((node) => (sameShape(node.shape, shape) ? node : node.broadcastTo(shape)));
}

/** Adds a node to the graph, with its value if those of its inputs are known. */
export function record<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  const spec = specOf(op, inputs, attrs);
  const isTraced = inputs.some((input) => input.value === undefined);
  if (isTraced) {
    const node = nodeOf(op as Op, inputs, attrs, spec, undefined);
    if (!isRecording()) detach(node);
    if (!op.vjp && isInRule()) markOfDerivative(node);
    markFunction(node);
    watcher()?.recorded(node);
    return node;
  }
  const values = inputs.map((input) => input.value!);
  const value = execute(op, inputs, values, attrs, spec);
  const watching = watcher();
  if (!isRecording() && !watching) return leaf(constant, spec, value);
  const node = nodeOf(op as Op, inputs, attrs, spec, value);
  if (!op.vjp && isInRule()) markOfDerivative(node);
  if (watching) markFunction(node);
  watching?.recorded(node);
  return isRecording() ? node : leaf(constant, spec, value);
}

/** Adds a node that holds several results, with one node for each of them: its `results()`. */
export function recordTuple<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  const all = record(op, inputs, attrs);
  const specs = op.tuple!.outputs(inputs, attrs);
  setResults(
    all,
    specs.map((spec, index) => record(project, [all], { index, spec })),
  );
  return all;
}

/** Applies a function of one operand. */
export function applyUnary(op: Op, x: Tensor): Tensor {
  if (op.family === "unary" && isNumber(x)) return recordNumber(op, x, undefined);
  return record(op, [x], undefined);
}

/** Applies a function of two operands, the second as a user gives it. */
export function applyBinary(op: Op, a: Tensor, like: TensorLike): Tensor {
  if (op.family !== "binary" || !isNumber(a)) return apply(op, [a, like], undefined);
  const isLiteral = typeof like === "number";
  if (!isLiteral && !(like instanceof Recorder)) return apply(op, [a, like], undefined);
  const b = isLiteral ? leaf(constant, a.spec, rounded(a.dtype, like)) : like.asTensor();
  return b.spec === a.spec && isNumber(b) ? recordNumber(op, a, b) : apply(op, [a, b], undefined);
}

/** Whether the node is a floating-point number whose value is known: most of them, in a lesson. */
const isNumber = ({ value, spec }: Tensor): boolean =>
  typeof value === "number" && (spec === SCALARS.float64 || spec === SCALARS.float32) && !watcher();

/** `record` for numbers, without its questions: shape and dtype stay. */
function recordNumber(op: Op, a: Tensor, b: Tensor | undefined): Tensor {
  const value = onNumbers(op, a)!(a.value as number, b?.value as number, 0);
  const held = a.spec === SCALARS.float32 ? Math.fround(value) : value;
  if (!isRecording()) return leaf(constant, a.spec, held);
  return new Tensor(op, a, b, NONE, undefined, a.spec, currentScope(), held);
}

/** Shape and dtype of a result; elementwise results share the record of their input. */
function specOf<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): Spec {
  const shape = op.shape(inputs, attrs);
  const dtype = op.dtype(inputs, attrs);
  const same = inputs.find((input) => input.shape === shape && input.dtype === dtype);
  return same?.spec ?? specFor(shape, dtype);
}

const NONE: readonly Tensor[] = Object.freeze([]);
