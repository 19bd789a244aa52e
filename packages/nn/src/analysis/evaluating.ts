import type { Layer } from "../layers/layer.js";
import type { Module } from "../module.js";
import { keepModes } from "../training/modes.js";

/** Runs `body`, and then puts back what it did to a model's state: running means, random keys. */
export function keepingState<T>(model: Module, body: () => T): T {
  const before = Array.from(model.namedState(), ([, cell]) => [cell, cell.leaf] as const);
  try {
    return body();
  } finally {
    for (const [cell, leaf] of before) if (cell.leaf !== leaf) cell.assign(leaf);
  }
}

/** Runs `body` with a model in evaluation mode, and puts every mode back. */
export function evaluating<T>(model: Layer, body: () => T): T {
  const restore = keepModes(model);
  model.eval();
  try {
    return body();
  } finally {
    restore();
  }
}
