import {
  type DType,
  type LaneAxes,
  type Operand,
  ShapeError,
  showShape,
  split,
  stack,
  type Tensor,
  type Tree,
  type TreeOf,
  ValueError,
  type Variable,
  variable,
  vmap,
} from "@neurite/autograd";
import { fieldsOf } from "../fields.js";
import { withValues } from "../functional-call.js";
import { Module, type ModuleOptions } from "../module.js";
import type { Neuron } from "../neurons/neuron.js";
import { checkCount } from "../options.js";
import { constant, stateless } from "./stateless.js";

export interface UnitsOptions extends ModuleOptions {
  /** How many neurons. */
  readonly units: number;
}

/** Makes one unit, with a key of its own. */
export type MakeUnit<N extends Neuron> = (own: ModuleOptions) => N;

/**
 * Neurons of one class side by side. Its variables are those of one neuron, under the same paths
 * and with an axis of units in front: each unit is made by itself and stacked upon the others.
 */
export abstract class Units<N extends Neuron> extends Module {
  /** The neuron whose `forward` runs for all; private, so that its own variables are not found. */
  readonly #one: N;
  readonly #units: number;
  readonly #op: string;
  readonly #dtype: DType;
  readonly #variables: readonly (readonly [path: string, ofOne: Variable])[];

  /** `op` is what the user called. */
  constructor(op: string, options: UnitsOptions, make: MakeUnit<N>) {
    super(options);
    const { units, dtype = "float32" } = options;
    checkCount(op, "units", units);
    const all = split(this.nextKey(), units).map((own) => make({ key: own, dtype }));
    this.#one = all[0]!;
    this.#units = units;
    this.#op = op;
    this.#dtype = dtype;
    this.#variables = [...this.#one.namedState()];
    if (this.#variables.length === 0) {
      throw new ValueError(op, `${this.neuron} has no parameters: all units would be the same`, {
        fix: "declare some in its fields: readonly weight = this.parameter([this.inputs])",
      });
    }
    this.#stack(all);
  }

  /** How many neurons there are. */
  get units(): number {
    return this.#units;
  }

  /** The dtype of the parameters. */
  protected get dtype(): DType {
    return this.#dtype;
  }

  /** How many numbers each neuron sees at once. */
  get inputs(): number {
    return this.#one.inputs;
  }

  /** The name of the class of the neurons. */
  get neuron(): string {
    return this.#one.constructor.name;
  }

  override train(on = true): this {
    this.#one.train(on);
    return super.train(on);
  }

  override torchName(path: string): string | null {
    return this.#one.torchName(path);
  }

  /**
   * What `body` gives for every unit, stacked along axis 0. It runs once, on a neuron that holds
   * the variables of one: for a learning rule of one's own, or to measure the units.
   */
  mapUnits<R extends Tree>(body: (unit: N) => R): TreeOf<R, Tensor> {
    return this.forUnits(body, null, { inAxes: null, outAxes: 0 });
  }

  /**
   * Runs `body` once for all units: on a neuron that holds the variables of one of them. `inAxes`
   * and `outAxes` say where the units lie in what goes in and comes out.
   */
  protected forUnits<I extends Tree, R extends Tree>(
    body: (unit: N, inputs: I) => R,
    inputs: I,
    { inAxes, outAxes }: { readonly inAxes: LaneAxes; readonly outAxes: LaneAxes },
  ): TreeOf<R, Tensor> {
    const held = new Map(Array.from(fieldsOf(this), ({ name, value }) => [name, value as Operand]));
    const values = this.#variables.map(([path]) => held.get(path)!);
    const ofOne = (own: readonly Tensor[], inputs: I): R => {
      const constants = this.#variables.map(
        ([path, variable], i) => [variable, constant(this.#op, this.#one, path, own[i]!)] as const,
      );
      return withValues(this.#one, new Map(constants), () =>
        stateless(this.#op, this.#one, () => body(this.#one, inputs)),
      );
    };
    const untyped = ofOne as unknown as (own: readonly Operand[], inputs: Tree) => Tree;
    return vmap(untyped, { inAxes: [0, inAxes], outAxes })(values, inputs) as TreeOf<R, Tensor>;
  }

  /** Refuses an input of another width. */
  protected checkWidth(x: Tensor, width: number): void {
    if (x.rank > 0 && x.shape.at(-1) === width) return;
    const found = showShape(x.shape);
    throw new ShapeError(this.#op, `${this.neuron} expects […, ${width}], got ${found}`, {
      shapes: [x.shape],
      axis: x.rank - 1,
      fix: `let the last axis hold the ${width} inputs of each sample`,
    });
  }

  /** Refuses a result that is not one number a sample and unit. */
  protected checkOutput(y: Tensor, x: Tensor): void {
    const expected = x.shape.slice(0, -1);
    const found = y.shape.slice(0, -1);
    if (expected.join() === found.join()) return;
    const [from, to] = [showShape(x.shape), showShape(found)];
    throw new ShapeError(this.#op, `forward of ${this.neuron} turned ${from} into ${to}`, {
      shapes: [x.shape, found],
      fix: `let it return one number for each sample, ${showShape(expected)}: reduce the last axis`,
    });
  }

  #stack(all: readonly N[]): void {
    const states = all.map((unit) => new Map(unit.namedState()));
    const parameters = new Set(this.#one.parameters());
    for (const [path, ofOne] of this.#variables) {
      const stacked = stack(states.map((state): Operand => state.get(path)!)).stopGradient();
      const learns = parameters.has(ofOne);
      const init = () => stacked;
      keep(this, path, learns ? this.parameter(stacked.shape, { init }) : variable(stacked));
    }
  }
}

/** Stores a variable so that its path is the given one: "branch.weight" in a plain object. */
function keep(owner: object, path: string, variable: Variable): void {
  const [first, ...rest] = path.split(".") as [string, ...string[]];
  const isHere = Object.hasOwn(owner, first);
  const value = rest.length === 0 ? variable : isHere ? Reflect.get(owner, first) : {};
  const settings = { value, enumerable: true, writable: true, configurable: true };
  if (!isHere) Object.defineProperty(owner, first, settings);
  if (rest.length > 0) keep(value, rest.join("."), variable);
}
