import { scope, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import {
  cellOptions,
  RecurrentCell,
  type RecurrentCellOptions,
  type RecurrentState,
} from "./cell.js";

/**
 * One time of a gated recurrent unit: `h' = (1 − z)·n + z·h`, with the gates `r z = σ(…)` and the
 * candidate `n = tanh(W·x + b + r·(U·h + b'))`. The weights of r, z and n lie one under the other,
 * as in PyTorch, whose reset gate scales the product U·h. Cho et al., 2014, have `U·(r·h)` there.
 */
export class GRUCell extends RecurrentCell {
  constructor(options: RecurrentCellOptions) {
    super(checkOptions("GRUCell", options, cellOptions), 3, ["h"]);
  }

  next(fromInput: Tensor, state: RecurrentState): RecurrentState {
    const fromState = this.fromState(state);
    const [xr, xz, xn] = [0, 1, 2].map((place) => this.gate(fromInput, place));
    const [hr, hz, hn] = [0, 1, 2].map((place) => this.gate(fromState, place));
    const r = scope("reset", () => xr!.add(hr!).sigmoid().as("reset gate r"));
    const z = scope("update", () => xz!.add(hz!).sigmoid().as("update gate z"));
    const n = scope("candidate", () => xn!.add(r.mul(hn!)).tanh().as("candidate n"));
    return { h: z.neg().add(1).mul(n).add(z.mul(state.h)).as("hidden state h") };
  }
}
