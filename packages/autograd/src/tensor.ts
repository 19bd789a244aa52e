import type { DType, TypedArray } from "./dtype.js";
import { rounded } from "./dtype.js";
import { DTypeError, GradientError, TraceError, ValueError } from "./errors.js";
import type { Value } from "./execute.js";
import { asArray, asValue, execute } from "./execute.js";
import type { Literal, LiteralOptions } from "./literal.js";
import { parseLiteral } from "./literal.js";
import { Operand } from "./methods/operand.js";
import type { TensorLike } from "./methods/recorder.js";
import { Recorder } from "./methods/recorder.js";
import type { Nested } from "./ndarray.js";
import { NDArray, toNested } from "./ndarray.js";
import type { Op, Spec } from "./op.js";
import { constant } from "./ops/leaf.js";
import { isRecording } from "./recording.js";
import type { Scope } from "./scope.js";
import { currentScope } from "./scope.js";
import type { Shape } from "./shape.js";
import { broadcastShapes, SCALAR, sameShape, showShape, sizeOf } from "./shape.js";
import type { Cell } from "./trace/effects.js";

/**
 * A node of the graph: an operation, what it was applied to, and (unless the graph is being traced
 * ahead of its values) the result. Nodes never change.
 */
export class Tensor extends Operand {
  /** Scratch of the traversal that is running; −1 between traversals. */
  slot = -1;

  constructor(
    readonly op: Op,
    /** The operands in order, repeats included: `x.mul(x)` has two. */
    readonly inputs: readonly Tensor[],
    readonly attrs: unknown,
    readonly spec: Spec,
    readonly scope: Scope,
    /** A number for rank 0, an array for the rest; undefined for a node of a trace. */
    readonly value: Value | undefined,
  ) {
    super();
  }

  get shape(): Shape {
    return this.spec.shape;
  }

  get dtype(): DType {
    return this.spec.dtype;
  }

  get rank(): number {
    return this.spec.shape.length;
  }

  get size(): number {
    return sizeOf(this.spec.shape);
  }

  /** The name that `as` gave the node. */
  get label(): string | undefined {
    return labels.get(this);
  }

  /** Names the node for printouts and diagrams: `z.as("weighted sum")`. */
  as(label: string): this {
    labels.set(this, label);
    return this;
  }

  /** The variable of which this leaf is a snapshot. */
  get variable(): Cell | undefined {
    return this.op.family === "leaf" ? owners.get(this) : undefined;
  }

  /** Whether the node was traced under `noGrad`: it keeps its inputs, but no gradient passes. */
  get isDetached(): boolean {
    return this.value === undefined && detached.has(this);
  }

  asTensor(): Tensor {
    return this;
  }

  constantLike(values: number | ArrayLike<number>): Tensor {
    const data = NDArray.empty(this.dtype, this.shape);
    if (typeof values === "number") data.data.fill(values);
    else data.data.set(values);
    return leaf(constant, this, asValue(data));
  }

  /** The value of a tensor with one element. */
  item(): number {
    if (this.size !== 1) {
      throw new ValueError("item", `a tensor of shape ${showShape(this.shape)} is not one number`, {
        shapes: [this.shape],
        fix: "use toArray(), or reduce it first, as with sum() or mean()",
      });
    }
    const value = readable(this, "item");
    return typeof value === "number" ? value : value.data[value.offset]!;
  }

  /** The value as nested arrays; a plain number for a scalar, booleans for `bool`. */
  toArray(): Nested {
    return toNested(asArray(readable(this, "toArray"), this));
  }

  /** The elements in row-major order; a copy. */
  toTypedArray(): TypedArray {
    return asArray(readable(this, "toTypedArray"), this).toTypedArray();
  }

  /** Gradients belong to variables; those of other nodes are in what `backward()` returns. */
  get grad(): never {
    throw new GradientError("grad", "only a variable keeps a gradient", {
      fix: "keep the record: const record = loss.backward(); record.of(node)",
    });
  }

  protected apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs?: A): Tensor {
    return apply(op, inputs, attrs as A);
  }
}

function readable(node: Tensor, method: string): Value {
  if (node.value !== undefined) return node.value;
  throw new TraceError(method, "a value was read while its graph is being traced", {
    fix: "return the tensor and read it outside; for a branch on its value use where",
  });
}

/** A constant: numbers the graph takes as given. Default dtype float32; typed arrays keep theirs. */
export function tensor(data: Literal, options: LiteralOptions & { label?: string } = {}): Tensor {
  const array = parseLiteral(data, options);
  const node = leaf(constant, array, asValue(array));
  return options.label === undefined ? node : node.as(options.label);
}

/** A node without inputs. */
export function leaf(op: Op, spec: Spec, value: Value | undefined): Tensor {
  const { shape, dtype } = spec;
  return new Tensor(op, [], undefined, { shape, dtype }, currentScope(), value);
}

/** Anything an operation takes, as a node; numbers and literals adopt the dtype they stand beside. */
export function asTensor(like: TensorLike, dtype?: DType): Tensor {
  if (like instanceof Recorder) return like.asTensor();
  if (typeof like !== "number") return tensor(like, ArrayBuffer.isView(like) ? {} : { dtype });
  if (dtype === "int32" && !Number.isInteger(like)) {
    throw new DTypeError("asTensor", `the number ${like} stands beside an int32 tensor`, {
      fix: 'convert the tensor first: .cast("float32")',
    });
  }
  const spec = { shape: SCALAR, dtype: dtype ?? "float32" };
  return leaf(constant, spec, rounded(spec.dtype, like));
}

/** Applies an op as a user does: literals become constants, and broadcasting is recorded. */
export function apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs: A): Tensor {
  const { family } = op;
  if (family !== "binary" && family !== "comparison" && family !== "selection") {
    const literals = family === "indexing" ? "int32" : undefined;
    const nodes = inputs.map((input) => asTensor(input, literals));
    if (family === "contraction") checkDTypes(op, nodes);
    return record(op, nodes, attrs);
  }
  // The first input of a selection is its condition: the others agree among themselves.
  const values = family === "selection" ? inputs.slice(1) : inputs;
  const dtype = values.find((input) => input instanceof Recorder)?.asTensor().dtype;
  const nodes = values.map((input) => asTensor(input, dtype));
  checkDTypes(op, nodes);
  if (family === "selection") nodes.unshift(asTensor(inputs[0]!));
  const shape = nodes.reduce((all, { shape }) => broadcastShapes(op.name, all, shape), SCALAR);
  return record(
    op,
    nodes.map((node) => (sameShape(node.shape, shape) ? node : node.broadcastTo(shape))),
    attrs,
  );
}

function checkDTypes(op: Op<never>, nodes: readonly Tensor[]): void {
  const [first] = nodes;
  const other = nodes.find((node) => node.dtype !== first!.dtype);
  if (!other) return;
  throw new DTypeError(op.name, `the operands are ${first!.dtype} and ${other.dtype}`, {
    shapes: nodes.map((node) => node.shape),
    fix: `convert one of them, as with .cast("${first!.dtype}"); PyTorch would promote in silence`,
  });
}

/** Adds a node to the graph, with its value if those of its inputs are known. */
export function record<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  const spec = specOf(op, inputs, attrs);
  const values = inputs.map((input) => input.value) as Value[];
  if (values.includes(undefined as never)) {
    const node = new Tensor(op as Op, inputs, attrs, spec, currentScope(), undefined);
    if (!isRecording()) detached.add(node);
    return node;
  }
  const value = execute(op, inputs, values, attrs, spec);
  if (!isRecording()) return leaf(constant, spec, value);
  return new Tensor(op as Op, inputs, attrs, spec, currentScope(), value);
}

/** Shape and dtype of a result; elementwise results share the record of their input. */
function specOf<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): Spec {
  const shape = op.shape(inputs, attrs);
  const dtype = op.dtype(inputs, attrs);
  const same = inputs.find((input) => input.shape === shape && input.dtype === dtype);
  return same?.spec ?? { shape: Object.freeze(shape), dtype };
}

// Few nodes have a label, an owner or a mark: kept beside the nodes, they cost the others nothing.
const labels = new WeakMap<Tensor, string>();
const owners = new WeakMap<Tensor, Cell>();
const detached = new WeakSet<Tensor>();

/** Ties a leaf to the variable that it stands for. */
export function own(node: Tensor, variable: Cell): Tensor {
  owners.set(node, variable);
  return variable.label === undefined ? node : node.as(variable.label);
}
