import type * as Autograd from "../../src/index.js";

type Library = typeof Autograd;
type Tensor = Autograd.Tensor;

/** A training step whose large kernels are worth more than one thread, and what it changes. */
interface Step {
  readonly variables: readonly Autograd.Variable[];
  run(): Tensor;
}

/** Numbers around 0 that look like noise. */
function noise(library: Library, shape: readonly number[], scale = 0.2): Tensor {
  const size = shape.reduce((all, side) => all * side, 1);
  const data = Float32Array.from({ length: size }, (_, i) => scale * Math.sin(1 + i * i * 0.7));
  return library.tensor(data).reshape([...shape]);
}

/** One step of gradient descent with momentum on a loss. */
function descend(library: Library, shapes: readonly (readonly number[])[], loss: Loss): Step {
  const weights = shapes.map((shape) => library.variable(noise(library, shape)));
  const speeds = shapes.map((shape) => library.variable(noise(library, shape, 0)));
  const run = () => {
    const value = loss(...weights.map((weight) => weight.asTensor()));
    for (const weight of weights) weight.grad = null;
    value.backward();
    for (const [i, weight] of weights.entries()) {
      speeds[i]!.assign(speeds[i]!.mul(0.9).add(weight.grad!));
      weight.assign(weight.sub(speeds[i]!.mul(0.1)));
    }
    return value;
  };
  return { variables: [...weights, ...speeds], run };
}

type Loss = (...weights: Tensor[]) => Tensor;

export const steps: Readonly<Record<string, (library: Library) => Step>> = {
  "a perceptron": (library) => {
    const x = noise(library, [66, 300], 1);
    return descend(library, [[300, 130], [130], [130, 10]], (w, b, v) =>
      x.matmul(w!).add(b!).tanh().matmul(v!).square().mean(),
    );
  },
  "a loop of gates": (library) => {
    const xs = noise(library, [4, 32, 32], 1);
    return descend(
      library,
      [
        [32, 512],
        [128, 512],
      ],
      (w, u) => {
        const start = noise(library, [32, 128], 0);
        const [last] = library.scan(
          (h: Tensor, x: Tensor) => {
            const gates = x.matmul(w!).add(h.matmul(u!)).reshape([32, 4, 128]);
            const [a, b, c, d] = [0, 1, 2, 3].map((i) => gates.slice(null, i));
            const next = h.mul(a!.sigmoid()).add(b!.sigmoid().mul(c!.tanh())).mul(d!.sigmoid());
            return [next, next] as const;
          },
          start,
          xs,
        );
        return last.square().mean();
      },
    );
  },
  "a convolution": (library) => {
    const x = noise(library, [4, 8, 14, 14], 1);
    return descend(library, [[32, 8, 3, 3]], (w) =>
      library.conv2d(x, w!, { padding: 1 }).relu().square().mean(),
    );
  },
};
