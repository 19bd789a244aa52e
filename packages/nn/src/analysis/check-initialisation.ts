import {
  asTensor,
  grad,
  key,
  noGrad,
  normal,
  type Operand,
  showNumber,
  type Tensor,
  type TensorLike,
  tensorStats,
  vjp,
} from "@neurite/autograd";
import type { Layer } from "../layers/layer.js";
import { keepingState } from "./evaluating.js";
import { layerValues } from "./layer-values.js";
import { slopeOfLine } from "./line.js";
import { meanSlopeOf } from "./local-slope.js";
import { type SymmetricUnits, symmetricUnits } from "./symmetry.js";
import { table } from "./table.js";

export interface CheckInitialisationOptions {
  /** What gradients are taken of; by default the output, weighted by fixed random numbers. */
  readonly loss?: (output: Tensor) => Operand;
}

/** How signal and gradient stand at one layer of an untrained model. */
export interface LayerScale {
  readonly path: string;
  /** Of the layer's output. */
  readonly std: number;
  /** Of the gradient by the output. */
  readonly gradientRms: number;
  /** The mean |σ′|; null where σ′ is not known. */
  readonly meanSlope: number | null;
}

export interface InitialisationReport {
  readonly layers: readonly LayerScale[];
  readonly symmetric: readonly SymmetricUnits[];
  /** By what the deviation is multiplied from layer to layer, and from the first to the last. */
  readonly forward: Scaling | null;
  /** The same of the gradient, from the output to the input. */
  readonly backward: Scaling | null;
  /** One sentence each, with its numbers and what to do; empty if all is well. */
  readonly warnings: readonly string[];
  toString(): string;
}

export interface Scaling {
  readonly perLayer: number;
  readonly total: number;
}

/** How far signal or gradient may grow or shrink over all layers together. */
const LARGEST = 10;
/** Below which mean |σ′| a layer is saturated. */
const FLAT = 0.05;

/**
 * Looks at a model before it is trained, on some rows of its data and in the mode it is in: whether
 * units are the same and would stay so, and whether activations and gradients keep their size
 * through the layers, as Glorot and Bengio ask for in "Understanding the difficulty of training
 * deep feedforward networks", 2010.
 */
export function checkInitialisation(
  model: Layer,
  x: TensorLike,
  { loss = weighted }: CheckInitialisationOptions = {},
): InitialisationReport {
  const parameters = [...model.namedParameters()];
  let layers: LayerScale[] = [];
  let symmetric: SymmetricUnits[] = [];
  const look = (own: Tensor): Tensor => {
    const output = model.apply(own);
    const values = layerValues([output]);
    const root = loss(output).asTensor();
    const wanted = [...values.map((layer) => layer.output), ...parameters.map(([, p]) => p)];
    const all = noGrad(() => grad(root, wanted));
    layers = values.map(({ path, output: y, preActivation: z }, i) => ({
      path,
      std: tensorStats(y).std,
      gradientRms: tensorStats(all[i]!).rms,
      meanSlope: z && meanSlopeOf(y, z),
    }));
    const gradients = parameters.map(([path], i) => [path, all[values.length + i]!] as const);
    symmetric = symmetricUnits(parameters, Object.fromEntries(gradients));
    return output;
  };
  keepingState(model, () => vjp(look, asTensor(x)));
  const forward = scalingOf(layers.map(({ std }) => std));
  const backward = scalingOf(layers.map(({ gradientRms }) => gradientRms).reverse());
  const warnings = [
    ...symmetric.map(warnOfSymmetry),
    ...warnOfScale("activations", "from the input to the output", forward),
    ...warnOfScale("gradients", "from the output to the input", backward),
    ...layers.flatMap(warnOfSlope),
  ];
  return { layers, symmetric, forward, backward, warnings, toString: () => show(layers, warnings) };
}

const weighted = (output: Tensor): Tensor =>
  output.mul(normal(key(0), output.shape, { dtype: "float64" }).cast(output.dtype)).sum();

/** The straight line through the logarithms; null with fewer than two layers. */
function scalingOf(sizes: readonly number[]): Scaling | null {
  if (sizes.length < 2) return null;
  if (sizes.some((size) => !(size > 0))) return { perLayer: 0, total: 0 };
  const points = sizes.map((size, depth) => [depth, Math.log(size)] as const);
  return { perLayer: Math.exp(slopeOfLine(points)), total: sizes.at(-1)! / sizes[0]! };
}

const warnOfSymmetry = ({ path, units, gradientNorm }: SymmetricUnits): string => {
  const some = units.slice(0, 6).join(", ") + (units.length > 6 ? ", …" : "");
  const same = `units ${some} of ${path} (${units.length} in all) have equal weights and equal`;
  const norm = `gradients, of norm ${showNumber(gradientNorm)}`;
  return `${same} ${norm}, and stay equal: give them random weights`;
};

function warnOfScale(what: string, direction: string, scaling: Scaling | null): string[] {
  if (!scaling || (scaling.total >= 1 / LARGEST && scaling.total <= LARGEST)) return [];
  const { perLayer, total } = scaling;
  const found = `${what} change by x${showNumber(perLayer)} a layer ${direction}`;
  const all = `x${showNumber(total)} in all`;
  const factor = perLayer > 0 ? ` by about ${showNumber(1 / perLayer)}` : "";
  return [`${found}, ${all}: scale the weights${factor}, or use Kaiming's for relu and Xavier's`];
}

function warnOfSlope({ path, meanSlope }: LayerScale): string[] {
  if (meanSlope === null || meanSlope >= FLAT) return [];
  const found = `the mean slope of the activation at ${path} is ${showNumber(meanSlope)}`;
  return [`${found}, below ${FLAT}: use smaller weights, or standardise the inputs`];
}

function show(layers: readonly LayerScale[], warnings: readonly string[]): string {
  const rows = layers.map((layer) => [layer.path, layer.std, layer.gradientRms, layer.meanSlope]);
  const head = ["layer", "std of activation", "rms of gradient", "mean slope"];
  const verdict = warnings.length > 0 ? warnings.map((one) => `- ${one}`) : ["no warnings"];
  return [table([head, ...rows]), ...verdict].join("\n");
}
