import { checkOptions } from "../option-names.js";
import { RNNCell, type RNNCellOptions } from "./rnn-cell.js";
import { Recurrent, type RecurrentOptions, recurrentOptions } from "./sequence.js";

export type RNNOptions = RecurrentOptions & RNNCellOptions;

/** A simple recurrent network over sequences; its cells are `RNNCell`. */
export class RNN extends Recurrent {
  constructor(options: RNNOptions) {
    super(
      checkOptions("RNN", options, [...recurrentOptions, "nonlinearity"]),
      (own) => new RNNCell({ ...own, nonlinearity: options.nonlinearity ?? "tanh" }),
    );
  }
}
