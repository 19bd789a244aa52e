import {
  concat,
  mapTree,
  type Operand,
  ShapeError,
  scan,
  showShape,
  type Tensor,
  type Tree,
  type TreeOf,
  ValueError,
  zeros,
} from "@neurite/autograd";
import {
  construct,
  type OptionsOf,
  type RecurrentNeuronClass,
  type Stacked,
} from "./neuron-class.js";
import { Units, type UnitsOptions } from "./units.js";

export interface SequenceOfOptions extends UnitsOptions {
  /** The width of the input at one time: its last axis. */
  readonly inputs: number;
  /**
   * Whether each neuron also sees what all units gave a time ago, behind the input: its own
   * `inputs` are then `inputs + units`. False by default.
   */
  readonly feedback?: boolean;
}

/** What the layer knows between two times. */
export type SequenceState<S> = {
  /** What the units gave last: `[batch, units]`. */
  readonly output: Tensor;
  /** The states of the neurons, each `[batch, units, ...]`. */
  readonly neurons: S;
};

/** What the layer makes of a sequence. */
export type SequenceResult<S> = {
  /** `[batch, time, units]`. */
  readonly outputs: Tensor;
  /** The state after the last time: where a next part of the sequence goes on. */
  readonly state: SequenceState<S>;
};

/** The state of a class of neurons, with tensors as leaves. */
export type StateOf<C extends RecurrentNeuronClass> = TreeOf<
  ReturnType<InstanceType<C>["initialState"]>,
  Tensor
>;

/** Neurons with a state over a sequence `[batch, time, inputs]`. */
export class NeuronSequence<C extends RecurrentNeuronClass = RecurrentNeuronClass> extends Units<
  InstanceType<C>
> {
  readonly #feedback: boolean;

  constructor(neuron: C, options: SequenceOfOptions) {
    if (!("initialState" in neuron.prototype)) {
      throw new ValueError("sequenceOf", `${neuron.name} has no initialState()`, {
        fix: `declare it beside forward(x, state), or use layerOf(${neuron.name}, ...)`,
      });
    }
    const { units, feedback = false, ...ofOne } = options;
    const inputs = ofOne.inputs + (feedback ? units : 0);
    super("sequenceOf", options, (own) => construct(neuron, { ...ofOne, inputs, ...own }));
    this.#feedback = feedback;
  }

  forward(x: Tensor, initial?: SequenceState<StateOf<C>>): SequenceResult<StateOf<C>> {
    const width = this.inputs - (this.#feedback ? this.units : 0);
    if (x.rank !== 3 || x.shape[2] !== width || x.shape[1] === 0) {
      const expected = `[batch, time, ${width}]`;
      throw new ShapeError("sequenceOf", `expected ${expected}, got ${showShape(x.shape)}`, {
        shapes: [x.shape],
        fix: `give sequences of shape ${expected}, of at least one time`,
      });
    }
    const start: Tree = initial ?? this.initialState(x.shape[0]!);
    const body = (state: Tree, now: Tree) => {
      const next = this.#step(now as Tensor, state as SequenceState<Tree>);
      return [next as Tree, next.output] as const;
    };
    const [state, outputs] = scan<Tree, Tree, Tree>(body, start, x.transpose([1, 0, 2]));
    const ofAll = (outputs as Tensor).transpose([1, 0, 2]);
    return { outputs: ofAll, state: state as SequenceState<StateOf<C>> };
  }

  /** The state before anything was seen, for a batch of the given size. */
  initialState(batch: number): SequenceState<StateOf<C>> {
    const { dtype } = this;
    const ofBatch = (leaf: Operand): Tensor => {
      const own = leaf.dtype.startsWith("float") ? leaf.cast(dtype) : leaf.asTensor();
      return own.broadcastTo([batch, ...own.shape]);
    };
    const neurons = this.forUnits(
      (unit) => mapTree(unit.initialState() as unknown, ofBatch, "initialState") as Tree,
      null,
      { inAxes: null, outAxes: 1 },
    );
    return { output: zeros([batch, this.units], { dtype }), neurons: neurons as StateOf<C> };
  }

  /** All units at one time. */
  #step(x: Tensor, { output, neurons }: SequenceState<Tree>): SequenceState<Tree> {
    const seen = this.#feedback ? concat([x, output], -1) : x;
    const body = (unit: InstanceType<C>, state: Tree) => {
      const result = unit.apply(seen, state as never) as readonly [Tensor, Tree];
      if (Array.isArray(result) && result.length === 2) return result;
      throw new ValueError("sequenceOf", `forward of ${this.neuron} did not return a pair`, {
        fix: "return [output, next]: the next state is nested as initialState() is",
      });
    };
    const [y, next] = this.forUnits(body, neurons, { inAxes: 1, outAxes: [-1, 1] });
    this.checkOutput(y, seen);
    return { output: y, neurons: next };
  }
}

/**
 * Makes a sequence layer of a neuron with a state, `forward(x, state)` beside `initialState()`:
 * `[batch, time, inputs]` to `{ outputs: [batch, time, units], state }`, all units at once by
 * `vmap` and all times by `scan`. The initial state is that of one unit and one sample; it may be a
 * function of parameters, and so learn.
 */
export const sequenceOf = <C extends RecurrentNeuronClass>(
  neuron: C,
  options: OptionsOf<C> & SequenceOfOptions,
): NeuronSequence<C> & Stacked<InstanceType<C>> =>
  new NeuronSequence(neuron, options) as NeuronSequence<C> & Stacked<InstanceType<C>>;
