import { ShapeError, scope, showShape, stack, type Tensor } from "@neurite/autograd";
import { Module } from "../module.js";
import { LSTMCell, type LSTMOptions, type LSTMState } from "./lstm-cell.js";

/** What an LSTM makes of a sequence. */
export type LSTMResult = {
  /** The hidden state at every time: `[batch, time, hidden]`. */
  readonly outputs: Tensor;
  /** The state after the last time: where a next part of the sequence goes on. */
  readonly state: LSTMState;
};

/**
 * A long short-term memory over a sequence `[batch, time, inputs]`: one cell, applied at every time
 * to the input of that time and the state that the time before left.
 */
export class LSTM extends Module {
  readonly cell: LSTMCell;

  constructor(options: LSTMOptions) {
    super(options);
    this.cell = new LSTMCell({ ...options, ...this.inherited });
  }

  forward(x: Tensor, initial?: LSTMState): LSTMResult {
    const [batch, times, width] = x.shape;
    if (x.rank !== 3 || !times || width !== this.cell.inputs) {
      const expected = `[batch, time, ${this.cell.inputs}]`;
      throw new ShapeError("LSTM", `expected ${expected}, got shape ${showShape(x.shape)}`, {
        shapes: [x.shape],
        fix: `give sequences of shape ${expected}, of at least one time`,
      });
    }
    let state = initial ?? this.cell.initialState(batch!);
    const outputs: Tensor[] = [];
    for (let t = 0; t < times; t++) {
      state = scope(`t${t}`, () => this.cell.apply(x.slice(null, t), state));
      outputs.push(state.h);
    }
    return { outputs: stack(outputs, 1), state };
  }
}
