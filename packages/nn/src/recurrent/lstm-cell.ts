import { ShapeError, scope, showShape, type Tensor, type Variable, zeros } from "@neurite/autograd";
import { uniform } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkCount } from "../options.js";

export interface LSTMOptions extends ModuleOptions {
  /** The width of the input at one time: its last axis. */
  readonly inputs: number;
  /** The width of the state. */
  readonly hidden: number;
}

/** What an LSTM knows between two times: both `[batch, hidden]`. */
export type LSTMState = {
  /** The hidden state, which is also the output. */
  readonly h: Tensor;
  /** The cell state: the memory, which each time only scales and adds to. */
  readonly c: Tensor;
};

/**
 * One time of a long short-term memory: `c' = f·c + i·g` and `h' = o·tanh(c')`, with the gates
 * `i f o = σ(…)` and the candidate `g = tanh(…)` of weighted sums of x and h. The weights of
 * i, f, g and o lie one under the other, as in PyTorch, and begin uniform within ±1/√hidden.
 * Hochreiter and Schmidhuber, 1997; with the forget gate of Gers, Schmidhuber and Cummins, 2000.
 */
export class LSTMCell extends Module {
  /** `[4·hidden, inputs]`: from the input. */
  readonly weightIh: Variable;
  /** `[4·hidden, hidden]`: from the hidden state. */
  readonly weightHh: Variable;
  /** `[4·hidden]`. */
  readonly biasIh: Variable;
  /** `[4·hidden]`. */
  readonly biasHh: Variable;
  readonly inputs: number;
  readonly hidden: number;

  constructor(options: LSTMOptions) {
    super(options);
    const { inputs, hidden } = options;
    checkCount("LSTMCell", "inputs", inputs);
    checkCount("LSTMCell", "hidden", hidden);
    this.inputs = inputs;
    this.hidden = hidden;
    const init = uniform(-1 / Math.sqrt(hidden), 1 / Math.sqrt(hidden));
    this.weightIh = this.parameter([4 * hidden, inputs], { init });
    this.weightHh = this.parameter([4 * hidden, hidden], { init });
    this.biasIh = this.parameter([4 * hidden], { init });
    this.biasHh = this.parameter([4 * hidden], { init });
  }

  forward(x: Tensor, { h, c }: LSTMState): LSTMState {
    this.#check("the input", x, this.inputs);
    this.#check("the hidden state h", h, this.hidden, x);
    this.#check("the cell state c", c, this.hidden, x);
    const fromInput = x.matmul(this.weightIh.transpose()).add(this.biasIh);
    const fromState = h.matmul(this.weightHh.transpose()).add(this.biasHh);
    const sums = fromInput.add(fromState).as("weighted sums");
    const quarter = (k: number) => sums.slice(null, [k * this.hidden, (k + 1) * this.hidden]);

    const i = scope("input", () => quarter(0).sigmoid().as("input gate i"));
    const f = scope("forget", () => quarter(1).sigmoid().as("forget gate f"));
    const g = scope("candidate", () => quarter(2).tanh().as("candidate g"));
    const o = scope("output", () => quarter(3).sigmoid().as("output gate o"));
    const next = f.mul(c).add(i.mul(g)).as("cell state c");
    return { h: o.mul(next.tanh()).as("hidden state h"), c: next };
  }

  /** The state before anything was seen: zeros, for a batch of the given size. */
  initialState(batch: number): LSTMState {
    const state = zeros([batch, this.hidden], { dtype: this.weightHh.dtype });
    return { h: state, c: state };
  }

  /** Refuses what is not `[batch, width]`, with the batch of `x`. */
  #check(what: string, value: Tensor, width: number, x = value): void {
    const { shape } = value;
    if (value.rank === 2 && shape[1] === width && shape[0] === x.shape[0]) return;
    const expected = showShape([x.shape[0] ?? 1, width]);
    throw new ShapeError("LSTMCell", `${what} has shape ${showShape(shape)}, not ${expected}`, {
      shapes: [shape],
      axis: value.rank - 1,
      fix: `give it shape ${expected}: a row for each sample of the batch`,
    });
  }
}
