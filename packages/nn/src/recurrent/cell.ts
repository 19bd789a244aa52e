import {
  ShapeError,
  showShape,
  type Tensor,
  ValueError,
  type Variable,
  zeros,
} from "@neurite/autograd";
import { uniform } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkCount } from "../options.js";

export interface RecurrentCellOptions extends ModuleOptions {
  /** The width of the input at one time: its last axis. */
  readonly inputs: number;
  /** The width of the state. */
  readonly hidden: number;
  /** Whether biases are added; true by default. */
  readonly bias?: boolean;
}

/** The names of `RecurrentCellOptions`. */
export const cellOptions = ["inputs", "hidden", "bias", "key", "dtype"] as const;

/** What a cell knows between two times: tensors `[batch, hidden]` by name. */
export type RecurrentState = {
  /** The hidden state, which is also the output. */
  readonly h: Tensor;
};

/**
 * One time of a recurrent network. Its weights are laid out as PyTorch's: those of the gates one
 * under the other. All parameters begin uniform within ±1/√hidden.
 */
export abstract class RecurrentCell<S extends RecurrentState = RecurrentState> extends Module {
  /** `[gates·hidden, inputs]`: from the input. */
  readonly weightIh: Variable;
  /** `[gates·hidden, hidden]`: from the hidden state. */
  readonly weightHh: Variable;
  /** `[gates·hidden]`. */
  readonly biasIh: Variable | null;
  /** `[gates·hidden]`. */
  readonly biasHh: Variable | null;
  readonly inputs: number;
  readonly hidden: number;

  /** What the tensors of the state are called. */
  readonly stateNames: readonly (keyof S & string)[];

  /** `gates` is how many weighted sums a unit has. */
  constructor(options: RecurrentCellOptions, gates: number, names: readonly (keyof S & string)[]) {
    super(options);
    this.stateNames = names;
    const { inputs, hidden, bias = true } = options;
    checkCount(this.constructor.name, "inputs", inputs);
    checkCount(this.constructor.name, "hidden", hidden);
    this.inputs = inputs;
    this.hidden = hidden;
    const init = uniform(-1 / Math.sqrt(hidden), 1 / Math.sqrt(hidden));
    this.weightIh = this.parameter([gates * hidden, inputs], { init });
    this.weightHh = this.parameter([gates * hidden, hidden], { init });
    this.biasIh = bias ? this.parameter([gates * hidden], { init }) : null;
    this.biasHh = bias ? this.parameter([gates * hidden], { init }) : null;
  }

  /** The state after one more time, from what `fromInput` made of its input. */
  abstract next(fromInput: Tensor, state: S): S;

  forward(x: Tensor, state: S): S {
    this.#check("the input", x, this.inputs);
    for (const name of this.stateNames) {
      this.#check(`the state ${name}`, tensorOf(this, state, name), this.hidden, x);
    }
    return this.next(this.fromInput(x), state);
  }

  /** The part of the weighted sums that needs no state: `[…, inputs] → […, gates·hidden]`. */
  fromInput(x: Tensor): Tensor {
    const products = x.contract(this.weightIh, { axes: [[x.rank - 1], [1]] });
    return this.biasIh ? products.add(this.biasIh) : products;
  }

  /** The part that the state adds, `[batch, gates·hidden]`. */
  protected fromState({ h }: S): Tensor {
    const products = h.contract(this.weightHh, { axes: [[1], [1]] });
    return this.biasHh ? products.add(this.biasHh) : products;
  }

  /** The sums of the gate at a place: `[batch, hidden]` of `[batch, gates·hidden]`. */
  protected gate(sums: Tensor, place: number): Tensor {
    return sums.slice(null, [place * this.hidden, (place + 1) * this.hidden]);
  }

  /** The state before anything was seen: zeros, for a batch of the given size. */
  initialState(batch: number): S {
    const state = zeros([batch, this.hidden], { dtype: this.weightHh.dtype });
    return Object.fromEntries(this.stateNames.map((name) => [name, state])) as S;
  }

  /** Refuses what is not `[batch, width]`, with the batch of `x`. */
  #check(what: string, value: Tensor, width: number, x = value): void {
    const { shape } = value;
    if (value.rank === 2 && shape[1] === width && shape[0] === x.shape[0]) return;
    const expected = showShape([x.shape[0] ?? 1, width]);
    const problem = `${what} has shape ${showShape(shape)}, not ${expected}`;
    throw new ShapeError(this.constructor.name, problem, {
      shapes: [shape],
      axis: value.rank - 1,
      fix: `give it shape ${expected}: a row for each sample of the batch`,
    });
  }
}

/** One tensor of a state, which has to be there. */
export function tensorOf<S extends RecurrentState>(
  owner: Module,
  state: S,
  name: keyof S & string,
): Tensor {
  const tensor = state[name];
  if (tensor !== undefined) return tensor as Tensor;
  throw new ValueError(owner.constructor.name, `the state has no ${name}`, {
    fix: "give a state as initialState(batch) makes it, or one that came out before",
  });
}
