import {
  compile,
  key,
  normal,
  ShapeError,
  scope,
  type Tensor,
  topology,
  ValueError,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { GRU, LSTM, type Recurrent, type RecurrentOptions, RNN, RNNCell } from "../src/index.js";
import { thrown } from "./support/thrown.js";

type Kind = new (options: RecurrentOptions) => Recurrent;

const kinds: readonly [name: string, kind: Kind][] = [
  ["RNN", RNN],
  ["GRU", GRU],
  // Its states have a tensor more, which the tests pass on without looking at it.
  ["LSTM", LSTM as unknown as Kind],
];
const sizes = { inputs: 2, hidden: 3, dtype: "float64", key: key(1) } as const;
const two = { ...sizes, numLayers: 2, bidirectional: true } as const;
const x = normal(key(2), [2, 5, 2], { dtype: "float64" });
const close = { rtol: 1e-13, atol: 1e-14 };

describe.each(kinds)("%s", (name, Kind) => {
  it("is its cell, applied time by time", () => {
    const network = new Kind(sizes);
    const [cell] = network.cells;
    const found = evaluate((x: Tensor) => {
      const all = network.apply(x);
      let state = cell!.initialState(2);
      for (let t = 0; t < 5; t++) state = cell!.apply(x.slice(null, t), state);
      return { last: all.outputs.slice(null, -1), state: all.state, expected: state };
    }, x);
    expectClose(found.last, found.expected.h, close);
    expectSame(found.state.h, found.last);
    expect(Object.keys(found.state)).toEqual(cell!.stateNames);
  });

  it("reads from the end what its second direction says", () => {
    const network = new Kind({ ...sizes, bidirectional: true });
    const forwards = new Kind(sizes);
    forwards.cells[0]!.loadStateDict(network.cells[1]!.stateDict());
    const found = evaluate((x: Tensor) => {
      const both = network.apply(x);
      const turned = forwards.apply(x.flip(1));
      return {
        outputs: both.outputs.slice(null, null, [3, 6]),
        state: both.state.h.slice(1),
        expected: { outputs: turned.outputs.flip(1), state: turned.state.h },
      };
    }, x);
    expectClose(found.outputs, found.expected.outputs, close);
    expectClose(found.state, found.expected.state, close);
  });

  it("goes on from a state of several layers as if never interrupted", () => {
    const network = new Kind({ ...sizes, numLayers: 2 });
    const { whole, parts } = evaluate((x: Tensor) => {
      const first = network.apply(x.slice(null, [0, 2]), network.initialState(2));
      return {
        whole: network.apply(x),
        parts: network.apply(x.slice(null, [2, 5]), first.state),
      };
    }, x);
    expect(whole.state.h.shape).toEqual([2, 2, 3]);
    expectSame(parts.state.h, whole.state.h);
    expectSame(whole.outputs.slice(null, [2, 5]), parts.outputs);
  });

  it("has PyTorch's names", () => {
    const expected = ["l0", "l0_reverse", "l1", "l1_reverse"].flatMap((suffix) =>
      ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map((own) => `${own}_${suffix}`),
    );
    const network = new Kind({ ...two, dropout: 0.5 });
    expect(Object.keys(network.stateDict({ naming: "torch" }))).toEqual(expected);
    const path = "l1Reverse.weightIh";
    const last = [...network.namedParameters()].find(([own]) => own === path);
    const gates = network.cells[0]!.weightIh.shape[0]!;
    expect(last?.[1].shape).toEqual([gates, 6]);
    expect(network.cells.map((cell) => cell.constructor.name)).toEqual(
      Array.from({ length: 4 }, () => `${name}Cell`),
    );
  });

  it("leaves out its biases", () => {
    const network = new Kind({ ...sizes, bias: false });
    expect(Object.keys(network.stateDict())).toEqual(["l0.weightIh", "l0.weightHh"]);
  });

  it("drops between layers while training, and only there", () => {
    const network = new Kind({ ...sizes, numLayers: 2, dropout: 1 });
    const [below, above] = network.cells;
    const found = evaluate((x: Tensor) => {
      const { outputs } = network.apply(x);
      let state = above!.initialState(2);
      for (let t = 0; t < 5; t++) state = above!.apply(outputs.slice(null, t).mul(0), state);
      return { last: outputs.slice(null, -1), expected: state.h };
    }, x);
    expectClose(found.last, found.expected, close);
    const plain = new Kind({ ...sizes, numLayers: 2 });
    plain.cells[0]!.loadStateDict(below!.stateDict());
    plain.cells[1]!.loadStateDict(above!.stateDict());
    network.eval();
    const judged = evaluate((x: Tensor) => [network.apply(x), plain.apply(x)], x);
    expectSame(judged[0]!.outputs, judged[1]!.outputs);
  });

  it("draws other masks at every call", () => {
    const network = new Kind({ ...sizes, numLayers: 2, dropout: 0.5 });
    const run = (x: Tensor) => network.apply(x).outputs;
    expect(evaluate(run, x).toArray()).not.toEqual(evaluate(run, x).toArray());
  });

  it("names the regions of its loop", () => {
    const network = new Kind(sizes);
    const { outputs } = scope("memory", () => network.apply(x));
    const loop = topology([outputs]).nodes.find(({ op }) => op.name === "scan")!;
    expect([loop.scope.path, loop.scope.kind]).toEqual(["memory.l0", `${name}Cell`]);
    const { body } = (loop.attrs as { readonly step: { readonly body: readonly Tensor[] } }).step;
    const regions = new Set(body.map((node) => node.scope.path));
    const gates = {
      RNN: [],
      GRU: ["reset", "update", "candidate"],
      LSTM: ["input", "forget", "candidate", "output"],
    };
    for (const gate of gates[name as keyof typeof gates]) {
      expect(regions).toContain(`memory.l0.${gate}`);
    }
  });

  it("compiles to code whose size does not depend on the number of times", () => {
    const sizeOf = (times: number) => {
      const network = new Kind({ inputs: 2, hidden: 3, key: key(1) });
      const step = compile((x: Tensor) => {
        const loss = network.apply(x).outputs.square().mean();
        loss.backward();
        return loss;
      });
      step(normal(key(3), [4, times, 2]));
      return step.explain().module.bytes;
    };
    const [short, long] = [sizeOf(100), sizeOf(1000)];
    expect(Math.abs(long - short) / short).toBeLessThan(0.02);
  });

  it("refuses states of another shape or without a name, saying which", () => {
    const network = new Kind(two);
    const state = { ...network.initialState(2), h: normal(key(1), [2, 3]) };
    const error = thrown(ShapeError, () => network.apply(x, state));
    expect(error).toMatchObject({ op: name, shapes: [[2, 3]] });
    expect(error.message).toContain("the state h has shape [2, 3], not [4, 2, 3]");
    expect(error.fix).toContain("[4, 2, 3], as initialState(2) has");
    const nothing = thrown(ValueError, () => network.apply(x, {} as never));
    expect(nothing.message).toContain(`${name}: the state has no h`);
  });

  it.each([
    [{ numLayers: 0 }, "numLayers is 0"],
    [{ numLayers: 1.5 }, "numLayers is 1.5"],
    [{ dropout: -0.1 }, "dropout is -0.1, which is not in [0, 1]"],
    [{ dropout: 1.1 }, "dropout is 1.1"],
    [{ hidden: -1 }, "hidden is -1"],
    [{ inputs: Number.NaN }, "inputs is NaN"],
  ])("refuses %o", (wrong, problem) => {
    const error = thrown(ValueError, () => new Kind({ ...sizes, ...wrong }));
    expect(error.message).toContain(problem);
    expect(error.fix).toContain(Object.keys(wrong)[0]);
  });
});

it("an RNN takes its nonlinearity, and refuses others", () => {
  const network = new RNN({ ...sizes, nonlinearity: "relu" });
  const outputs = evaluate((x: Tensor) => network.apply(x).outputs, x);
  expect(Math.min(...outputs.toTypedArray())).toBe(0);
  const wrong = { ...sizes, nonlinearity: "gelu" as never };
  expect(thrown(ValueError, () => new RNNCell(wrong)).message).toContain('nonlinearity is "gelu"');
});
