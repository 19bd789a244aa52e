import { checkOptions } from "../option-names.js";
import { GRUCell } from "./gru-cell.js";
import { Recurrent, type RecurrentOptions, recurrentOptions } from "./sequence.js";

/** A gated recurrent unit over sequences; its cells are `GRUCell`. */
export class GRU extends Recurrent {
  constructor(options: RecurrentOptions) {
    super(checkOptions("GRU", options, recurrentOptions), (own) => new GRUCell(own));
  }
}
