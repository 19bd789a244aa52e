import { conv1d, conv2d, key, normal, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../../autograd/test/support/close.js";
import { evaluate } from "../../../autograd/test/support/evaluate.js";
import { convOf, LinearNeuron, MaxoutNeuron, RadialBasisNeuron } from "../../src/index.js";
import { checkModule } from "../support/functional.js";

const float64 = { dtype: "float64" } as const;

describe("convOf", () => {
  it("of LinearNeuron is the convolution, with its stride, padding and dilation", () => {
    const image = normal(key(1), [2, 3, 7, 8], float64);
    for (const steps of [{}, { stride: 2, padding: 1 }, { dilation: 2, padding: 2 }]) {
      const options = { channels: 3, units: 4, kernel: [2, 3], key: key(2), ...steps } as const;
      const layer = convOf(LinearNeuron, { ...options, ...float64 });
      const y = evaluate((x: Tensor) => layer.apply(x), image);
      const weight = layer.weight.reshape([4, 3, 2, 3]);
      expectClose(y, conv2d(image, weight, { bias: layer.bias, ...steps }), {
        rtol: 1e-13,
        atol: 1e-14,
      });
    }
    const signal = normal(key(1), [2, 3, 9], float64);
    const layer = convOf(LinearNeuron, { channels: 3, units: 4, kernel: [3], ...float64 });
    const y = evaluate((x: Tensor) => layer.apply(x), signal);
    const weight = layer.weight.reshape([4, 3, 3]);
    expectClose(y, conv1d(signal, weight, { bias: layer.bias }), { rtol: 1e-13, atol: 1e-14 });
  });

  it("slides any neuron, and has its derivatives", () => {
    const x = normal(key(1), [1, 1, 3], float64);
    for (const neuron of [MaxoutNeuron, RadialBasisNeuron]) {
      const layer = convOf(neuron, { channels: 1, units: 2, kernel: [2], key: key(3), ...float64 });
      expect(evaluate((x: Tensor) => layer.apply(x), x).shape).toEqual([1, 2, 2]);
      expect(checkModule(layer, (x) => layer.apply(x), [x]).worst).toBeLessThan(1e-6);
    }
  });

  it("has errors that name the numbers", () => {
    const options = { channels: 2, units: 2, kernel: [3, 3] } as const;
    const layer = convOf(LinearNeuron, options);
    expect(() => layer.apply(normal(key(1), [1, 3, 5, 5]))).toThrow(
      "convOf: expected [N, 2, H, W], got [1, 3, 5, 5]",
    );
    expect(() => layer.apply(normal(key(1), [1, 2, 5, 2]))).toThrow(
      "convOf: the kernel spans [3, 3], the padded input is [5, 2]",
    );
    expect(() => convOf(LinearNeuron, { ...options, stride: 0 })).toThrow("convOf: stride is 0");
    expect(() => convOf(LinearNeuron, { ...options, padding: -1 })).toThrow("padding is -1");
  });
});
