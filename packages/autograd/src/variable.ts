import type { DType, TypedArray } from "./dtype.js";
import { DTypeError, ShapeError, TraceError } from "./errors.js";
import { asValue } from "./execute.js";
import { type Literal, type LiteralOptions, parseLiteral } from "./literal.js";
import { own } from "./marks.js";
import { Operand } from "./methods/operand.js";
import type { TensorLike } from "./methods/recorder.js";
import { named } from "./naming.js";
import type { Value } from "./ndarray.js";
import type { Op, Spec, Tensor } from "./op.js";
import { constant, placeholder, snapshot } from "./ops/leaf.js";
import { type Shape, sameShape, showShape } from "./shape.js";
import { apply, applyBinary, applyUnary, asTensor, constantOf, leaf } from "./tensor.js";
import { type Cell, effects, guarded } from "./trace/effects.js";

/**
 * A mutable cell. The graph never holds the cell but its leaf, an immutable snapshot: what was
 * recorded before an `assign` keeps its numbers, and can still be differentiated at them.
 */
export class Variable extends Operand implements Cell {
  #value: Value | (() => Value);
  #leaf: Tensor | null = null;
  #grad: Tensor | null | (() => Value) = null;
  #version = 0;
  #gradVersion = 0;
  #required: { value: boolean } | null = null;
  #label: string | undefined;

  constructor(
    value: Value,
    readonly spec: Spec,
    label: string | undefined,
  ) {
    super();
    this.#value = value;
    this.#label = label;
  }

  /** The name in printouts and diagrams. */
  get label(): string | undefined {
    return this.#label;
  }

  /** Names the variable, and the nodes that stand for it from now on. */
  as(label: string): this {
    this.#label = label;
    this.#leaf?.as(label);
    return this;
  }

  get shape(): Shape {
    return this.spec.shape;
  }

  get dtype(): DType {
    return this.spec.dtype;
  }

  /** The node that stands for the present value in the graph. */
  get leaf(): Tensor {
    const traced = effects();
    if (traced) return traced.read(this);
    if (typeof this.#value === "function") this.#value = this.#value();
    this.#leaf ??= own(leaf(snapshot, this.spec, this.#value), this);
    return this.#leaf;
  }

  asTensor(): Tensor {
    return this.leaf;
  }

  constantLike(values: number | readonly number[] | TypedArray, other?: Partial<Spec>): Tensor {
    return constantOf(other ? { ...this.spec, ...other } : this.spec, values);
  }

  placeholderLike(): Tensor {
    return leaf(placeholder, this.spec, undefined);
  }

  /** Replaces the value; shape and dtype stay. Graphs recorded before keep the old one. */
  assign(value: TensorLike): void {
    const node = asTensor(value, this.dtype, "assign");
    if (!sameShape(node.shape, this.shape)) {
      const [from, to] = [showShape(node.shape), showShape(this.shape)];
      throw new ShapeError(
        "assign",
        `a value of shape ${from} does not fit ${titleOf(this)} ${to}`,
        {
          shapes: [node.shape, this.shape],
          fix: `assign a value of shape ${to}`,
        },
      );
    }
    if (node.dtype !== this.dtype) {
      const problem = `a ${node.dtype} value does not fit ${titleOf(this)} of ${this.dtype}`;
      throw new DTypeError("assign", problem, { fix: `convert it with .cast("${this.dtype}")` });
    }
    const traced = effects();
    if (traced) {
      traced.assign(this, node.stopGradient());
      return;
    }
    if (node.value === undefined) throw escaped("assign");
    this.#value = node.value;
    this.#leaf = null;
    this.#version++;
  }

  get version(): number {
    return this.#version;
  }

  get gradVersion(): number {
    return this.#gradVersion;
  }

  defer(read: () => Value): void {
    this.#value = read;
    this.#leaf = null;
  }

  deferGrad(read: () => Value): void {
    this.#grad = read;
  }

  /**
   * Whether `backward()` gives the variable a gradient; true until it is set to false, which
   * forgets the gradient there is. A compiled function that looked is traced anew when it changes.
   */
  get requiresGrad(): boolean {
    if (!this.#required && !effects()) return true;
    this.#required ??= { value: true };
    return guarded(this.#required);
  }

  set requiresGrad(required: boolean) {
    this.#required ??= { value: true };
    this.#required.value = required;
    if (!required) this.grad = null;
  }

  /** What `backward()` has added up so far; null before, and after `zeroGrad()`. */
  get grad(): Tensor | null {
    const traced = effects();
    if (traced) return traced.grad(this);
    if (typeof this.#grad === "function") this.#grad = leaf(constant, this.spec, this.#grad());
    return this.#grad;
  }

  get hasGrad(): boolean {
    const traced = effects();
    return traced ? traced.grad(this) !== null : this.#grad !== null;
  }

  set grad(gradient: Tensor | null) {
    const traced = effects();
    if (traced) {
      traced.setGrad(this, gradient);
      return;
    }
    this.#grad = gradient;
    this.#gradVersion++;
  }

  /** Forgets the gradient. */
  zeroGrad(): void {
    this.grad = null;
  }

  protected unary(op: Op): Tensor {
    return applyUnary(op, this.leaf);
  }

  protected binary(op: Op, b: TensorLike): Tensor {
    return applyBinary(op, this.leaf, b);
  }

  protected apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs?: A): Tensor {
    return apply(op, inputs, attrs as A);
  }
}

const titleOf = (variable: Variable): string =>
  variable.label === undefined ? "the variable" : `variable ${variable.label}`;

const escaped = (op: string) =>
  new TraceError(op, "a value of a traced graph left its trace", {
    fix: "return it from the traced function instead",
  });

interface VariableOptions extends LiteralOptions {
  readonly label?: string | undefined;
}

/** A differentiable leaf that can be assigned; default dtype float32. */
export const variable = (data: Literal | Operand, options: VariableOptions = {}): Variable =>
  named("variable", cell, data, options);

/** A differentiable number: a float64 variable of rank 0. */
export const scalar = (value: number, options: { readonly label?: string } = {}): Variable =>
  named("scalar", cell, value, { dtype: "float64", ...options });

function cell(data: Literal | Operand, options: VariableOptions): Variable {
  effects()?.create("variable");
  if (!(data instanceof Operand)) {
    const array = parseLiteral(data, options);
    return new Variable(asValue(array), { shape: array.shape, dtype: array.dtype }, options.label);
  }
  const { dtype = data.dtype, shape = data.shape } = options;
  const node = data.cast(dtype).reshape(shape);
  if (node.value === undefined) throw escaped("variable");
  return new Variable(node.value, node.spec, options.label);
}
