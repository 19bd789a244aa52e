import {
  GradientError,
  grad,
  noGrad,
  type Operand,
  type Tensor,
  type TensorStats,
  tensorStats,
} from "@neurite/autograd";
import type { Module } from "../module.js";
import { type GradientFlow, gradientFlow } from "./gradient-flow.js";
import { type LayerValues, layerValues } from "./layer-values.js";
import { meanSlopeOf, pulledBack } from "./local-slope.js";
import { table } from "./table.js";

/** What happens to a gradient on its way back through one layer. */
export interface LayerGradient {
  readonly path: string;
  /** The gradient of the loss by the layer's output. */
  readonly rms: number;
  readonly norm: number;
  readonly nonFinite: number;
  /**
   * `‖g_in‖ / ‖g_out‖`: the norm of what the layer hands on to its input over that of what it got,
   * the product of both factors; null for a layer that has not one input of floats.
   */
  readonly gain: number | null;
  /** `‖g_z‖ / ‖g_out‖`, where z is what the activation function was applied to. */
  readonly activationFactor: number | null;
  /** `‖g_in‖ / ‖g_z‖`: what the weights make of it. */
  readonly weightFactor: number | null;
  /** The mean of |σ′(z)|: 1 without an activation function. */
  readonly meanSlope: number | null;
}

export interface ParameterGradient extends TensorStats {
  readonly path: string;
  /** Whether no path leads from the loss to the parameter: it cannot learn, as opposed to a 0. */
  readonly isCutOff: boolean;
}

export interface GradientReport {
  /** In the order of computation, the layer nearest to the input first. */
  readonly layers: readonly LayerGradient[];
  readonly parameters: readonly ParameterGradient[];
  readonly flow: GradientFlow;
  /** The gradients themselves by path: `evolution` compares their directions from step to step. */
  readonly gradients: Readonly<Record<string, Tensor>>;
  toString(): string;
}

/**
 * The gradients of a loss that was just computed from a model, layer by layer: how large they are,
 * how the layers change them, and whether they vanish or explode on the way to the input.
 */
export function gradientReport(model: Module, loss: Operand): GradientReport {
  const root = loss.asTensor();
  const values = layerValues([root]);
  const named = [...model.namedParameters()];
  const reached = reachedFrom(root);
  if (!named.some(([, parameter]) => reached.has(parameter))) {
    throw new GradientError("gradientReport", "no parameter of the model is in the loss's graph", {
      fix:
        "compute it from this model, eagerly and outside noGrad: " +
        "gradientReport(model, mse(model.apply(x), t))",
    });
  }
  const wanted = [...values.map(({ output }) => output), ...named.map(([, p]) => p)];
  const found = noGrad(() => grad(root, wanted));
  const layers = values.map((layer, i) => throughLayer(layer, found[i]!));
  const own = found.slice(values.length);
  const parameters = named.map(([path, parameter], i) => ({
    path,
    isCutOff: !reached.has(parameter),
    ...tensorStats(own[i]!),
  }));
  const gradients = Object.fromEntries(named.map(([path], i) => [path, own[i]!]));
  const flow = gradientFlow(layers);
  return { layers, parameters, flow, gradients, toString: () => show(layers, flow) };
}

/** The variables that a gradient of the root can reach. */
function reachedFrom(root: Tensor): ReadonlySet<object> {
  const reached = new Set<object>();
  const seen = new Set([root]);
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.variable) reached.add(node.variable);
    const { vjp } = node.op;
    for (const [slot, input] of node.inputs.entries()) {
      if (seen.has(input) || (Array.isArray(vjp) && vjp[slot] === null)) continue;
      seen.add(input);
      stack.push(input);
    }
  }
  return reached;
}

function throughLayer(layer: LayerValues, g: Tensor): LayerGradient {
  const { path, output, preActivation: z, input } = layer;
  const { rms, norm, nonFinite } = tensorStats(g);
  const nodes = [input, z].filter((node) => node !== null);
  const sent = new Map(pulledBack(output, g, nodes).map((own, i) => [nodes[i]!, normOf(own)]));
  const [atInput, atZ] = [input && sent.get(input)!, z && sent.get(z)!];
  return {
    path,
    rms,
    norm,
    nonFinite,
    gain: ratio(atInput, norm),
    activationFactor: ratio(atZ, norm),
    weightFactor: ratio(atInput, atZ),
    meanSlope: z && meanSlopeOf(output, z),
  };
}

const normOf = (x: Tensor): number => tensorStats(x).norm;

const ratio = (above: number | null, below: number | null): number | null =>
  above === null || below === null || below === 0 ? null : above / below;

function show(layers: readonly LayerGradient[], flow: GradientFlow): string {
  const head = ["layer", "rms of gradient", "gain", "= activation", "x weights"];
  const rows = layers.map(({ path, rms, gain, activationFactor, weightFactor }) => [
    path,
    ...[rms, gain, activationFactor, weightFactor],
  ]);
  return `${table([head, ...rows])}\n${flow}`;
}
