import { key } from "@neurite/autograd";
import { checkNeuron, type NeuronReport } from "@neurite/nn";
import { describe, expect, it } from "vitest";
import { Dendritic, dendritic } from "../src/neurons/dendritic.js";
import { Gated, gated } from "../src/neurons/gated.js";
import { Maxout, maxout } from "../src/neurons/maxout.js";
import { ProductUnit, productUnit } from "../src/neurons/product-unit.js";
import { Quadratic, quadratic } from "../src/neurons/quadratic.js";
import { RadialBasis, radialBasis } from "../src/neurons/radial-basis.js";
import { Sinusoidal, sinusoidal } from "../src/neurons/sinusoidal.js";
import { Spiking, spiking } from "../src/neurons/spiking.js";
import { compare, type Trial } from "../src/neurons/trial.js";
import { trials } from "../src/neurons/trials.js";

describe("every neuron beats ReLU neurons on its task, at each of five seeds", () => {
  it.each(trials)("$neuron: $task", (trial) => {
    const { own, relu, ownParameters, reluParameters } = compare(trial, [1, 2, 3, 4, 5]);
    expect(ownParameters).toBeLessThanOrEqual(reluParameters);
    for (const [i, error] of own.entries()) expect(error).toBeLessThan(0.5 * relu[i]!);
  });

  it("are all in the table", () => {
    expect(trials).toHaveLength(8);
    expect(proofs.map(([trial]) => trial)).toEqual(trials);
  });
});

const samplesOf = ({ draw }: Trial) => draw(key(7), 8).x;

const proofs: readonly [Trial, () => NeuronReport][] = [
  [radialBasis, () => checkNeuron(RadialBasis, samplesOf(radialBasis))],
  [maxout, () => checkNeuron(Maxout, samplesOf(maxout), { pieces: 6 })],
  [quadratic, () => checkNeuron(Quadratic, samplesOf(quadratic))],
  [gated, () => checkNeuron(Gated, samplesOf(gated))],
  [sinusoidal, () => checkNeuron(Sinusoidal, samplesOf(sinusoidal))],
  [spiking, () => checkNeuron(Spiking, samplesOf(spiking))],
  [dendritic, () => checkNeuron(Dendritic, samplesOf(dendritic), { branches: 4 })],
  [productUnit, () => checkNeuron(ProductUnit, samplesOf(productUnit))],
];

describe("every neuron comes with its proof", () => {
  it.each(proofs.map(([{ neuron }, check]) => ({ neuron, check })))("$neuron", ({ check }) => {
    const report = check();
    expect(report.ok, String(report)).toBe(true);
  });
});
