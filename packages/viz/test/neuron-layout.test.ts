import { scalar, scope, type Tensor, tensor, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { neuronToDot } from "../src/index.js";
import { renderSvg } from "../src/node.js";
import { drawn, elements, parseSvg, texts } from "./support/svg.js";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => Math.sin(i + 1));

/** tanh(w·x + b), written with numbers. */
function withNumbers(count: number): Tensor {
  const products = numbers(count).map((number, i) => {
    const x = tensor(number, { dtype: "float64", label: `x${i + 1}` });
    return x.mul(scalar(-number, { label: `w${i + 1}` }));
  });
  const total = products.reduce((sum, product) => sum.add(product));
  return total.add(scalar(0.5, { label: "b" })).tanh();
}

function withVectors(count: number): Tensor {
  const x = tensor(numbers(count), { dtype: "float64", label: "x" });
  const w = variable(numbers(count), { dtype: "float64", label: "w" });
  return x
    .dot(w)
    .add(scalar(0.5, { label: "b" }))
    .tanh();
}

/** The names of the leaves from top to bottom, and how many products stand between their pair. */
async function columns(y: Tensor) {
  const dot = neuronToDot(y, { backward: y.backward() });
  const svg = parseSvg(await renderSvg(dot, { title: "neuron" }));
  const nodes = drawn(svg, "node").map((node) => {
    const [name] = texts(node);
    const ys = elements(node, "text").map((text) => Number(text.getAttribute("y")));
    return { name: name!.split(" ")[0]!, middle: ys.reduce((a, b) => a + b) / ys.length };
  });
  return nodes.sort((a, b) => a.middle - b.middle);
}

describe.each([
  ["numbers", withNumbers],
  ["vectors", withVectors],
])("a neuron of %s", (_, neuron) => {
  it.each([2, 3, 4, 8])("keeps its %i inputs in order, the bias last", async (count) => {
    const scopes = [neuron(count), scope("unit", () => neuron(count), "Neuron")];
    for (const y of scopes) {
      const names = (await columns(y))
        .map(({ name }) => name)
        .filter((name) => /^[xwb]/.test(name));
      const pairs = numbers(count).flatMap((_, i) => [`${i + 1}`, `${i + 1}`]);
      expect(names.map((name) => name.slice(1))).toEqual([...pairs, ""]);
    }
  });
});
