import { type Tensor, ValueError } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import {
  cellOptions,
  RecurrentCell,
  type RecurrentCellOptions,
  type RecurrentState,
} from "./cell.js";

export interface RNNCellOptions extends RecurrentCellOptions {
  /** What makes the state of the weighted sums; tanh by default. */
  readonly nonlinearity?: "tanh" | "relu";
}

/** One time of a simple recurrent network: `h' = tanh(W·x + b + U·h + b')`. Elman, 1990. */
export class RNNCell extends RecurrentCell {
  readonly nonlinearity: "tanh" | "relu";

  constructor(options: RNNCellOptions) {
    super(checkOptions("RNNCell", options, [...cellOptions, "nonlinearity"]), 1, ["h"]);
    const { nonlinearity = "tanh" } = options;
    if (nonlinearity !== "tanh" && nonlinearity !== "relu") {
      throw new ValueError("RNNCell", `nonlinearity is ${JSON.stringify(nonlinearity)}`, {
        fix: 'use "tanh" or "relu"',
      });
    }
    this.nonlinearity = nonlinearity;
  }

  next(fromInput: Tensor, state: RecurrentState): RecurrentState {
    const sums = fromInput.add(this.fromState(state)).as("weighted sums");
    const h = this.nonlinearity === "tanh" ? sums.tanh() : sums.relu();
    return { h: h.as("hidden state h") };
  }
}
