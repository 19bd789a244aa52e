import { compile, key, normal, split, type Tensor, tensor } from "@neurite/autograd";
import { expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import {
  Adam,
  accuracy,
  Conv2d,
  crossEntropy,
  Dense,
  Flatten,
  MaxPool2d,
  Module,
} from "../src/index.js";

/** Two convolutions, a pool after each, and a layer of all that is left of an 8x8 image. */
class Net extends Module {
  readonly first = new Conv2d({
    inChannels: 1,
    outChannels: 4,
    kernelSize: 3,
    padding: "same",
    activation: (z) => z.relu(),
    ...this.inherited,
  });
  readonly second = new Conv2d({
    inChannels: 4,
    outChannels: 8,
    kernelSize: 3,
    padding: "same",
    activation: (z) => z.relu(),
    ...this.inherited,
  });
  readonly pool = new MaxPool2d({ kernelSize: 2 });
  readonly flatten = new Flatten();
  readonly output = new Dense({ inputs: 8 * 2 * 2, units: 2, ...this.inherited });

  forward(x: Tensor): Tensor {
    const edges = this.pool.apply(this.first.apply(x));
    const shapes = this.pool.apply(this.second.apply(edges));
    return this.output.apply(this.flatten.apply(shapes));
  }
}

/** Stripes of one pixel across or along the image, under noise, and which of both they are. */
function stripes(count: number) {
  const [ofNoise] = split(key(8), 1);
  const labels = Array.from({ length: count }, (_, i) => i % 2);
  const clean = labels.flatMap((label, i) =>
    Array.from({ length: 64 }, (_, at) => {
      const place = label === 0 ? at % 8 : Math.floor(at / 8);
      return (place + Math.floor(i / 2)) % 2;
    }),
  );
  const noise = normal(ofNoise!, [count, 1, 8, 8]).mul(0.3);
  return {
    x: tensor(clean, { shape: [count, 1, 8, 8] }).add(noise),
    labels: tensor(labels, { dtype: "int32" }),
  };
}

it("a convolutional net learns, compiled to the same bits as eagerly", () => {
  const { x, labels } = stripes(16);
  const [eager, compiled] = [false, true].map((isCompiled) => {
    const net = new Net({ key: key(4) });
    const optimizer = new Adam(net.parameters(), { learningRate: 0.02 });
    const step = (x: Tensor, labels: Tensor) => {
      optimizer.zeroGrad();
      const loss = crossEntropy(net.apply(x), labels);
      loss.backward();
      optimizer.step();
      return loss;
    };
    const run = isCompiled ? compile(step) : step;
    return { net, losses: Array.from({ length: 15 }, () => run(x, labels).item()) };
  });
  expect(compiled!.losses).toEqual(eager!.losses);
  for (const [i, parameter] of compiled!.net.parameters().entries()) {
    expectSame(parameter, eager!.net.parameters()[i]!);
  }
  expect(eager!.losses[0]).toBeGreaterThan(0.6);
  expect(eager!.losses.at(-1)).toBeLessThan(0.05);
  expect(accuracy(eager!.net.apply(x), labels).item()).toBe(1);
});

it("a compiled convolution runs in WebAssembly alone, forwards and backwards", () => {
  const conv = new Conv2d({ inChannels: 1, outChannels: 8, kernelSize: 3, key: key(1) });
  const step = compile((x: Tensor) => {
    for (const parameter of conv.parameters()) parameter.zeroGrad();
    conv.apply(x).square().mean().backward();
    return conv.parameters().map((parameter) => parameter.grad!);
  });
  step(normal(key(2), [32, 1, 28, 28]));
  const kinds = new Set(step.explain().tasks.map(({ kind }) => kind));
  expect([...kinds]).not.toContain("host");
});
