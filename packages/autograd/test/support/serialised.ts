import { expect } from "vitest";
import {
  deserialize,
  type Graph,
  grad,
  type Operand,
  printGraph,
  replay,
  serialize,
  type Tensor,
  type Tree,
  trace,
  type Variable,
  variable,
} from "../../src/index.js";
import { expectSame } from "./close.js";
import type { Apply } from "./sample.js";

interface Call {
  readonly inputs: readonly Tensor[];
  readonly apply: Apply;
}

/** A graph that was written and read, and whether writing it again gives the same bytes. */
export function loaded<T extends Tree | Graph>(graph: T): T {
  const file = serialize(graph);
  const again = deserialize<T>(file);
  expect(Buffer.compare(serialize(again), file), "the bytes written again").toBe(0);
  return again;
}

/**
 * A call of an op, written and read: the graph prints the same, has the same values and gradients
 * to the bit, and traced ahead of its values it replays to them on other inputs.
 */
export function checkSerialised({ inputs, apply }: Call, differentiable: boolean): void {
  const isFloat = ({ dtype }: Operand) => dtype === "float32" || dtype === "float64";
  const operands = inputs.map((input) => (isFloat(input) ? variable(input) : input));
  const variables = operands.filter(isFloat) as Variable[];
  const y = apply(...(operands as unknown as Tensor[])).asTensor();
  const again = loaded({ y, variables });
  expect(printGraph(again.y)).toBe(printGraph(y));
  expectSame(again.y, y);
  if (differentiable && isFloat(y)) {
    const gradients = grad(again.y.sum(), again.variables);
    for (const [i, gradient] of grad(y.sum(), variables).entries()) {
      expectSame(gradients[i]!, gradient);
    }
  }

  const { graph } = trace((...x: Tensor[]) => apply(...x).asTensor(), ...inputs);
  const [replayed] = replay(loaded(graph), inputs);
  expectSame(replayed!, replay(graph, inputs)[0]!);
}
