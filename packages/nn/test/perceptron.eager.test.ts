import { key, ShapeError, scope, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { Perceptron } from "../src/index.js";

// The rule decides sample by sample, on values: it runs eagerly only.

const corners = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);

function fromZero(): Perceptron {
  const neuron = new Perceptron({ inputs: 2 });
  neuron.weight.assign([0, 0]);
  neuron.bias.assign(0);
  return neuron;
}

/** Passes until one makes no mistake, or undefined if none of the first `most` does. */
function passesUntilLearned(neuron: Perceptron, targets: number[], most: number) {
  for (let pass = 1; pass <= most; pass++) if (neuron.learn(corners, targets) === 0) return pass;
  return undefined;
}

describe("the perceptron's learning rule", () => {
  it("moves the weights by rate·(t − y)·x", () => {
    const neuron = fromZero();
    expect(neuron.learn([2, -1], 1, 0.5)).toBe(1);
    expect(neuron.weight.toArray()).toEqual([1, -0.5]);
    expect(neuron.bias.item()).toBe(0.5);
    expect(neuron.learn([1, 0], 0, 0.25)).toBe(1);
    expect(neuron.weight.toArray()).toEqual([0.75, -0.5]);
    expect(neuron.bias.item()).toBe(0.25);
  });

  it("changes nothing for a sample that is right", () => {
    const neuron = fromZero();
    expect(neuron.learn([2, -1], 0)).toBe(0);
    expect(neuron.weight.toArray()).toEqual([0, 0]);
  });

  it("takes a batch sample by sample, in order", () => {
    const [one, many] = [fromZero(), fromZero()];
    const targets = [0, 1, 1, 1];
    const mistakes = targets.reduce((sum, t, i) => sum + one.learn(corners.slice(i), t), 0);
    expect(many.learn(corners, targets)).toBe(mistakes);
    expect(many.weight.toArray()).toEqual(one.weight.toArray());
    expect(many.bias.item()).toBe(one.bias.item());
  });

  it("learns AND from zero in six passes, as by hand", () => {
    const neuron = fromZero();
    expect(passesUntilLearned(neuron, [0, 0, 0, 1], 100)).toBe(6);
    expect(neuron.apply(corners).toArray()).toEqual([0, 0, 0, 1]);
    expect([neuron.weight.toArray(), neuron.bias.item()]).toEqual([[2, 1], -2]);
  });

  it("learns AND and OR from any start", () => {
    for (let seed = 0; seed < 20; seed++) {
      for (const targets of [
        [0, 0, 0, 1],
        [0, 1, 1, 1],
      ]) {
        const neuron = new Perceptron({ inputs: 2, key: key(seed) });
        expect(passesUntilLearned(neuron, targets, 100)).toBeDefined();
        expect(neuron.apply(corners).toArray()).toEqual(targets);
      }
    }
  });

  it("never learns XOR: the weights go round in a circle", () => {
    const neuron = fromZero();
    const xor = [0, 1, 1, 0];
    expect(passesUntilLearned(neuron, xor, 200)).toBeUndefined();
    // No line separates the classes: at most three corners can be right, after any pass.
    const right = (neuron.apply(corners).toArray() as number[]).filter((y, i) => y === xor[i]);
    expect(right.length).toBeLessThanOrEqual(3);
    // From zero the weights are integers, and the rule comes back to where it was: a proof.
    const seen = new Set<string>();
    const state = () => JSON.stringify([neuron.weight.toArray(), neuron.bias.item()]);
    for (let pass = 0; pass < 20 && !seen.has(state()); pass++) {
      seen.add(state());
      neuron.learn(corners, xor);
    }
    expect(seen.has(state())).toBe(true);
  });

  it("records no graph", () => {
    const neuron = fromZero();
    neuron.learn(corners, [0, 0, 0, 1]);
    expect(neuron.weight.asTensor().inputs).toEqual([]);
  });

  it("refuses targets that are not 0 or 1, naming the place, and learns nothing", () => {
    const neuron = fromZero();
    const attempt = () => scope("gate", () => neuron.learn(corners, [1, 1, -1, 1]));
    expect(attempt).toThrow(ValueError);
    expect(attempt).toThrow(/Perceptron\.learn: the target at \[2\] is -1, not 0 or 1/);
    expect(attempt).toThrow(expect.objectContaining({ modulePath: "gate" }));
    expect(neuron.weight.toArray()).toEqual([0, 0]);
  });

  it("takes labels of any dtype", () => {
    const neuron = fromZero();
    expect(neuron.learn(corners, tensor([true, false, false, false]))).toBeGreaterThan(0);
    expect(neuron.learn(corners, Int32Array.of(1, 0, 0, 0))).toBeGreaterThanOrEqual(0);
  });

  it("refuses a rate that is none", () => {
    expect(() => fromZero().learn(corners, [0, 0, 0, 1], Number.NaN)).toThrow(
      "Perceptron.learn: rate is NaN",
    );
  });

  it("refuses targets that are not one for each row", () => {
    const attempt = () => fromZero().learn(corners, [[1], [0], [0], [0]]);
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow(
      expect.objectContaining({
        shapes: [
          [4, 2],
          [4, 1],
        ],
      }),
    );
  });
});
