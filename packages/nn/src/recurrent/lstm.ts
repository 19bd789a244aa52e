import { checkOptions } from "../option-names.js";
import { LSTMCell, type LSTMState } from "./lstm-cell.js";
import { Recurrent, type RecurrentOptions, recurrentOptions } from "./sequence.js";

/** A long short-term memory over sequences; its cells are `LSTMCell`. */
export class LSTM extends Recurrent<LSTMState> {
  constructor(options: RecurrentOptions) {
    super(checkOptions("LSTM", options, recurrentOptions), (own) => new LSTMCell(own));
  }
}
