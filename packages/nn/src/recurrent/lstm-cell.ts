import { scope, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { cellOptions, RecurrentCell, type RecurrentCellOptions } from "./cell.js";

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
export class LSTMCell extends RecurrentCell<LSTMState> {
  constructor(options: RecurrentCellOptions) {
    super(checkOptions("LSTMCell", options, cellOptions), 4, ["h", "c"]);
  }

  next(fromInput: Tensor, state: LSTMState): LSTMState {
    const sums = fromInput.add(this.fromState(state)).as("weighted sums");
    const i = scope("input", () => this.gate(sums, 0).sigmoid().as("input gate i"));
    const f = scope("forget", () => this.gate(sums, 1).sigmoid().as("forget gate f"));
    const g = scope("candidate", () => this.gate(sums, 2).tanh().as("candidate g"));
    const o = scope("output", () => this.gate(sums, 3).sigmoid().as("output gate o"));
    const c = f.mul(state.c).add(i.mul(g)).as("cell state c");
    return { h: o.mul(c.tanh()).as("hidden state h"), c };
  }
}
