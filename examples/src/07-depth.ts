// Twenty layers, without and with skip connections: where the gradient goes, in one picture.
import { mkdir, writeFile } from "node:fs/promises";
import { key, normal, split } from "@neurite/autograd";
import { Dense, init, mse, Residual, Sequential } from "@neurite/nn";
import { gradientFlowToDot, sideBySide } from "@neurite/viz";
import { renderSvg } from "@neurite/viz/node";

const DEPTH = 20;
const WIDTH = 16;
const [inputKey, targetKey, weightKey] = split(key(7), 3);
const keys = split(weightKey!, DEPTH);
const x = normal(inputKey!, [32, WIDTH]).as("x");
const target = normal(targetKey!, [32, WIDTH]).as("target");

// The same layers with the same weights, once in a row and once each beside an identity.
const layers = keys.map(
  (key) =>
    new Dense({
      inputs: WIDTH,
      units: WIDTH,
      activation: (z) => z.tanh(),
      weightInit: init.xavierUniform(0.5),
      key,
    }),
);
const plain = new Sequential(...layers);
const skipping = new Sequential(...layers.map((layer) => new Residual(layer)));

// One scale for both, so that equal widths and colours are equal gradients.
const scale = { min: 1e-8, max: 1 };
const pictures: string[] = [];
await mkdir("out", { recursive: true });
for (const [name, model, how] of [
  ["plain", plain, "without skip connections"],
  ["skip", skipping, "with skip connections"],
] as const) {
  for (const parameter of model.parameters()) parameter.zeroGrad();
  const loss = mse(model.apply(x), target);
  const backward = loss.backward();
  const sizes = layers.map(({ weight }) => rms(weight.grad!.toTypedArray()));
  console.log(
    `${name.padEnd(5)} gradient of the first layer's weights ${sizes[0]!.toExponential(1)}, ` +
      `of the last layer's ${sizes.at(-1)!.toExponential(1)}, ` +
      `ratio ${(sizes[0]! / sizes.at(-1)!).toExponential(1)}`,
  );
  const dot = gradientFlowToDot(loss, { backward, scale, name });
  const svg = await renderSvg(dot, { title: `${DEPTH} layers ${how}` });
  await writeFile(`out/flow-${name}.svg`, svg);
  pictures.push(svg);
}
const title = "Twenty layers, without and with skip connections";
await writeFile("out/flow.svg", sideBySide(pictures, { title }));
console.log("pictures: out/flow-plain.svg out/flow-skip.svg out/flow.svg");

function rms(values: ArrayLike<number>): number {
  const squares = Array.from(values, (value) => value * value);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
