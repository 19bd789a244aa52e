import { concat, key, normal, stack, type Tensor, zeros } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../../autograd/test/support/close.js";
import { evaluate } from "../../../autograd/test/support/evaluate.js";
import { functionalCall, init, layerOf, Neuron, sequenceOf, TanhNeuron } from "../../src/index.js";
import { checkModule } from "../support/functional.js";

const float64 = { dtype: "float64" } as const;
const x = normal(key(1), [3, 4, 2], float64);

/** Leaks towards its input: `v' = v + (w·x − v)·rate`. */
class Leaky extends Neuron {
  readonly weight = this.parameter([this.inputs]);
  readonly rate = this.parameter([], { init: init.constant(0.3) });
  readonly start = this.parameter([]);

  initialState() {
    return { v: this.start };
  }

  forward(x: Tensor, { v }: { v: Tensor }) {
    const next = v.add(x.dot(this.weight).sub(v).mul(this.rate));
    return [next.tanh(), { v: next }] as const;
  }
}

/** A unit of an LSTM whose gates see the cell state: Gers and Schmidhuber, 2000. */
class Peephole extends Neuron {
  readonly weight = this.parameter([3, this.inputs]);
  readonly peepholes = this.parameter([2]);

  initialState() {
    return { c: zeros([]) };
  }

  forward(x: Tensor, { c }: { c: Tensor }) {
    const [i, f, g] = [0, 1, 2].map((k) => x.dot(this.weight.slice(k)));
    const next = c.mul(f!.add(c.mul(this.peepholes.slice(0))).sigmoid()).add(
      i!
        .add(c.mul(this.peepholes.slice(1)))
        .sigmoid()
        .mul(g!.tanh()),
    );
    return [next.tanh(), { c: next }] as const;
  }
}

describe("sequenceOf", () => {
  it("runs every unit through time, as one unit in a loop does", () => {
    const layer = sequenceOf(Leaky, { inputs: 2, units: 3, key: key(2), ...float64 });
    expect(layer.weight.shape).toEqual([3, 2]);
    const { outputs, state } = evaluate((x: Tensor) => layer.apply(x), x);
    const one = new Leaky({ inputs: 2, ...float64 });
    for (const unit of [0, 1, 2]) {
      const own = Object.entries(layer.stateDict()).map(([path, v]) => [path, v.slice(unit)]);
      const values = Object.fromEntries(own);
      let v: Tensor = values.start.broadcastTo([3]);
      const alone = [0, 1, 2, 3].map((t) => {
        const [y, next] = functionalCall(one, values, x.slice(null, t), { v });
        v = next.v;
        return y;
      });
      expectSame(outputs.slice(null, null, unit), stack(alone, 1));
      expectSame(state.neurons.v.slice(null, unit), v);
    }
    expectSame(state.output, outputs.slice(null, -1));
  });

  it("goes on from the state that another part left", () => {
    const layer = sequenceOf(Peephole, { inputs: 2, units: 3, key: key(2), ...float64 });
    const whole = evaluate((x: Tensor) => layer.apply(x), x);
    const parts = evaluate((x: Tensor) => {
      const first = layer.apply(x.slice(null, [0, 1]));
      const rest = layer.apply(x.slice(null, [1, 4]), first.state);
      return { outputs: concat([first.outputs, rest.outputs], 1), state: rest.state };
    }, x);
    expectSame(parts.outputs, whole.outputs);
    expectSame(parts.state.neurons.c, whole.state.neurons.c);
  });

  it("with feedback shows each unit what all gave a time ago: a peephole LSTM", () => {
    const options = { inputs: 2, units: 3, feedback: true, key: key(2), ...float64 };
    const layer = sequenceOf(Peephole, options);
    expect(layer.weight.shape).toEqual([3, 3, 5]);
    const { outputs } = evaluate((x: Tensor) => layer.apply(x), x);
    let state = layer.initialState(3);
    for (const t of [0, 1, 2, 3]) {
      const seen = concat([x.slice(null, t), state.output], -1);
      const sums = seen.contract(layer.weight, { axes: [[1], [2]] });
      const [i, f, g] = [0, 1, 2].map((k) => sums.slice(null, null, k));
      const { c } = state.neurons;
      const at = (k: number) => c.mul(layer.peepholes.slice(null, k));
      const next = c.mul(f!.add(at(0)).sigmoid()).add(i!.add(at(1)).sigmoid().mul(g!.tanh()));
      state = { output: next.tanh(), neurons: { c: next } };
      expectClose(outputs.slice(null, t), state.output, { rtol: 1e-13 });
    }
  });

  it("has right derivatives to the second order, also by a state that learns its beginning", () => {
    const leaky = sequenceOf(Leaky, { inputs: 1, units: 2, key: key(3), ...float64 });
    const peephole = { inputs: 1, units: 1, feedback: true, key: key(3), ...float64 };
    const gated = sequenceOf(Peephole, peephole);
    const input = normal(key(1), [1, 2, 1], float64);
    for (const run of [
      checkModule(leaky, (x) => leaky.apply(x).outputs, [input]),
      checkModule(gated, (x) => gated.apply(x).outputs, [input]),
    ]) {
      expect(run.worst).toBeLessThan(1e-6);
    }
  });
});

describe("errors of sequenceOf", () => {
  it("tell neurons with a state from those without", () => {
    // @ts-expect-error: TanhNeuron has no state
    expect(() => sequenceOf(TanhNeuron, { inputs: 2, units: 2 })).toThrow(
      "sequenceOf: TanhNeuron has no initialState()",
    );
    // @ts-expect-error: and Leaky has one
    expect(() => layerOf(Leaky, { inputs: 2, units: 2 })).toThrow("layerOf: Leaky has a state");
  });

  it("name a state that is not explicit", () => {
    class Hidden extends Leaky {
      readonly spikes = this.buffer([]);
      count = 0;
      override forward(x: Tensor, state: { v: Tensor }) {
        const result = super.forward(x, state);
        if (this.options.inputs === 2) this.count++;
        else this.spikes.assign(result[0].sum());
        return result;
      }
    }
    const counts = sequenceOf(Hidden, { inputs: 2, units: 2, ...float64 });
    expect(() => counts.apply(x)).toThrow(/sequenceOf: forward of Hidden changes its field count/);
    const assigns = sequenceOf(Hidden, { inputs: 3, units: 2, ...float64 });
    expect(() => assigns.apply(normal(key(1), [1, 2, 3], float64))).toThrow(
      "forward of Hidden assigns its variable spikes",
    );
  });

  it("name the shapes of sequences, and results that are no pair", () => {
    const layer = sequenceOf(Leaky, { inputs: 2, units: 2, ...float64 });
    expect(() => layer.apply(x.slice(0))).toThrow("expected [batch, time, 2], got [4, 2]");
    class Single extends Leaky {
      override forward(x: Tensor, state: { v: Tensor }) {
        return super.forward(x, state)[0] as never;
      }
    }
    const single = sequenceOf(Single, { inputs: 2, units: 2, ...float64 });
    expect(() => single.apply(x)).toThrow("forward of Single did not return a pair");
  });
});
