import { key, normal, type Tensor, tensor } from "@neurite/autograd";
import { Dense, type Loss, mse, SGD } from "../../src/index.js";

/** Points near a plane, with noise, as float64: `y = 3 + 2·x₁ − x₂ + noise`. */
export function plane(rows: number, seed = 1) {
  const inputs = normal(key(seed), [rows, 2], { dtype: "float64" });
  const noise = normal(key(seed + 1), [rows, 1], { std: 0.1, dtype: "float64" });
  const slope = tensor(Float64Array.of(2, -1), { shape: [2, 1] });
  return { inputs, targets: inputs.matmul(slope).add(3).add(noise).detach() };
}

/** A linear model with what it takes to fit it. */
export function linear({ learningRate = 0.1, loss = mse as Loss } = {}) {
  const model = new Dense({ inputs: 2, units: 1, dtype: "float64", key: key(0) });
  return { model, loss, optimizer: new SGD(model.parameters(), { learningRate }) };
}

/** The coefficients [w₁, w₂, b] that minimise the squared error: the normal equations, solved. */
export function leastSquares(inputs: Tensor, targets: Tensor): number[] {
  const rows = (inputs.toArray() as number[][]).map((row) => [...row, 1]);
  const y = targets.toTypedArray();
  const system = [0, 1, 2].map((i) => [
    ...[0, 1, 2].map((j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
    rows.reduce((sum, row, r) => sum + row[i]! * y[r]!, 0),
  ]);
  // Gauss and Jordan: the matrix is positive definite, so no pivot is 0.
  for (const [p, pivot] of system.entries()) {
    const head = pivot[p]!;
    for (let c = 0; c < 4; c++) pivot[c]! /= head;
    for (const [r, row] of system.entries()) {
      const factor = row[p]!;
      if (r !== p) for (let c = 0; c < 4; c++) row[c]! -= factor * pivot[c]!;
    }
  }
  return system.map((row) => row[3]!);
}
