import { scalar, scope, type Tensor, tensor, type Variable, variable } from "@neurite/autograd";

/** tanh(x1·w1 + x2·w2 + b) at numbers that give y = 0.7071 and a slope of 0.5. */
export function scalarNeuron(): { y: Tensor; leaves: Record<string, Variable> } {
  const numbers = { x1: 2, w1: -3, x2: 0, w2: 1, b: 6.8813735870195432 };
  const leaves = Object.fromEntries(
    Object.entries(numbers).map(([label, value]) => [label, scalar(value, { label })]),
  );
  const { x1, x2, w1, w2, b } = leaves as Record<keyof typeof numbers, Variable>;
  const y = scope(
    "hidden.0",
    () => x1.mul(w1).add(x2.mul(w2)).add(b).as("z").tanh().as("y"),
    "Neuron",
  );
  return { y, leaves };
}

/** A layer with tanh and a fixed pattern of weights. */
export function dense(x: Tensor, units: number, path: string): Tensor {
  const inputs = x.shape.at(-1)!;
  return scope(
    path,
    () => {
      const pattern = Array.from({ length: inputs * units }, (_, i) => Math.sin(i + 1) / 4);
      const weight = variable(pattern, { shape: [inputs, units], dtype: "float64", label: "W" });
      const bias = variable(new Float64Array(units), { label: "b" });
      return x.matmul(weight).add(bias).tanh();
    },
    "Dense",
  );
}

/** A chain of such layers with the mean of squares as its loss. */
export function deepNetwork(layers: number, { isResidual = false } = {}): Tensor {
  const rows = [
    [1, -1, 0.5],
    [0.2, 0.4, -0.8],
  ];
  let h: Tensor = tensor(rows, { dtype: "float64", label: "x" });
  for (let i = 0; i < layers; i++) {
    const x = h;
    h = isResidual
      ? scope(`layers.${i}`, () => x.add(dense(x, 3, "inner")), "Residual")
      : dense(x, 3, `layers.${i}`);
  }
  const output = h;
  return scope("loss", () => output.square().mean(), "MSE");
}
