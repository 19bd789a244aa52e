import {
  asTensor,
  type Nested,
  ShapeError,
  showNumber,
  showShape,
  type Tensor,
  type TensorLike,
  topology,
  vjp,
} from "@neurite/autograd";
import type { Neuron } from "../neurons/neuron.js";
import { pulledBack } from "./local-slope.js";

/** One operation of a neuron at work. */
export interface NeuronStep {
  readonly op: string;
  /** In textbook notation, as in `y = tanh(x)`. */
  readonly formula: string;
  readonly label: string | undefined;
  readonly value: Nested;
}

/**
 * A neuron and one sample, part by part. What a neuron of another kind has not is null: its
 * parameters and steps tell what it does instead.
 */
export interface Dissection {
  readonly inputs: readonly number[];
  /** Every parameter, by the name of its field. */
  readonly parameters: Readonly<Record<string, Nested>>;
  /** One for each input. */
  readonly weights: readonly number[] | null;
  /** `wᵢ·xᵢ`. */
  readonly products: readonly number[] | null;
  /** Of the products. */
  readonly sum: number | null;
  readonly bias: number | null;
  /** `−bias`: what the sum has to exceed for the weighted sum to be positive. */
  readonly threshold: number | null;
  /** `z = w·x + b`, as the neuron computed it: what it calls "weighted sum". */
  readonly weightedSum: number | null;
  /** The operations that make the output of z, as in `["tanh"]`; empty for the identity. */
  readonly activation: readonly string[] | null;
  /** The derivative of the output by z. */
  readonly slope: number | null;
  readonly output: number;
  /** Every operation that depends on the inputs, in the order of computation. */
  readonly steps: readonly NeuronStep[];
  toString(): string;
}

/** Evaluates a neuron on one sample `[inputs]`, piece by piece. */
export function dissect(
  neuron: Neuron & { forward(x: Tensor): Tensor },
  x: TensorLike,
): Dissection {
  const parameters = new Map(neuron.namedParameters());
  const dtype = parameters.values().next().value?.dtype;
  const sample = asTensor(x, dtype);
  const { shape } = sample;
  if (shape.length !== 1 || shape[0] !== neuron.inputs) {
    throw new ShapeError(
      "dissect",
      `expected one sample [${neuron.inputs}], got ${showShape(shape)}`,
      {
        shapes: [shape],
        fix: `give the ${neuron.inputs} numbers of one sample`,
      },
    );
  }
  let parts: Dissection | undefined;
  vjp((own) => {
    const output = neuron.apply(own);
    parts = partsOf(neuron.constructor.name, parameters, own, output);
    return output;
  }, sample);
  return parts!;
}

type Parameters = ReadonlyMap<string, { toArray(): Nested; readonly shape: readonly number[] }>;

function partsOf(kind: string, parameters: Parameters, x: Tensor, output: Tensor): Dissection {
  const inputs = x.toArray() as number[];
  const body = nodesAfter(x, output);
  const z = body.find(({ label }) => label?.startsWith("weighted sum"));
  const weights = numbersOf(parameters.get("weight"), inputs.length);
  const products = weights?.map((weight, i) => weight * inputs[i]!) ?? null;
  const bias = parameters.get("bias");
  const offset = bias?.shape.length === 0 ? (bias.toArray() as number) : null;
  const parts = {
    inputs,
    parameters: Object.fromEntries([...parameters].map(([name, own]) => [name, own.toArray()])),
    weights,
    products,
    sum: products?.reduce((sum, product) => sum + product, 0) ?? null,
    bias: offset,
    threshold: offset === null ? null : 0 - offset,
    weightedSum: z?.rank === 0 ? z.item() : null,
    activation: z?.rank === 0 ? nodesAfter(z, output).map(({ op }) => op.name) : null,
    slope: z?.rank === 0 ? pulledBack(output, output.constantLike(1), [z])[0]!.item() : null,
    output: output.item(),
    steps: body.map((node) => ({
      op: node.op.name,
      formula: node.op.formula.forward,
      label: node.label,
      value: node.toArray(),
    })),
  };
  return { ...parts, toString: () => show(kind, parts) };
}

const numbersOf = (
  parameter: { toArray(): Nested } | undefined,
  count: number,
): number[] | null => {
  const value = parameter?.toArray();
  const isOneEach = Array.isArray(value) && value.length === count;
  return isOneEach && value.every((one) => typeof one === "number") ? value : null;
};

/** The nodes that lie between two, the last included, in the order of computation. */
function nodesAfter(start: Tensor, end: Tensor): Tensor[] {
  const found = new Set([start]);
  for (const node of topology([end], found).nodes) {
    if (node.inputs.some((input) => found.has(input))) found.add(node);
  }
  found.delete(start);
  return [...found];
}

function show(kind: string, parts: Omit<Dissection, "toString">): string {
  const { inputs, weights, products, sum, bias, threshold, weightedSum, activation } = parts;
  const lines = [kind];
  const add = (name: string, value: string) => lines.push(`  ${name.padEnd(16)} ${value}`);
  if (weights && products) {
    for (const [i, x] of inputs.entries()) {
      const factors = `${showNumber(weights[i]!)} * ${showNumber(x)}`;
      add(`w${i + 1} * x${i + 1}`, `${factors} = ${showNumber(products[i]!)}`);
    }
    add("sum", showNumber(sum!));
  } else {
    add("inputs", inputs.map(showNumber).join(", "));
    for (const [name, value] of Object.entries(parts.parameters)) add(name, flat(value));
  }
  if (bias !== null) add("bias", `${showNumber(bias)}, threshold ${showNumber(threshold!)}`);
  if (weightedSum !== null) add("weighted sum z", showNumber(weightedSum));
  const name = activation?.length === 0 ? "identity" : activation?.join(", ");
  if (name) add("activation", `${name}, slope ${showNumber(parts.slope!)}`);
  else for (const { op, label, value } of parts.steps) add(label ?? op, flat(value));
  add("output", showNumber(parts.output));
  return lines.join("\n");
}

const flat = (value: Nested): string =>
  Array.isArray(value) ? value.map(flat).join(", ") : showNumber(Number(value));
