import { scope, type Tensor, variable } from "@neurite/autograd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { skipsOf } from "../src/graph/skips.js";
import { type DotOptions, gradientFlowToDot, graphOf } from "../src/index.js";
import { renderSvg } from "../src/node.js";
import { deepNetwork, dense } from "./support/examples.js";
import { drawn, elements, parseSvg, texts } from "./support/svg.js";

async function flow(loss: Tensor, options: DotOptions = {}) {
  const dot = gradientFlowToDot(loss, { backward: loss.backward(), ...options });
  return { dot, svg: parseSvg(await renderSvg(dot, { title: "column" })) };
}

describe.each([
  ["plain", false],
  ["with skip connections", true],
])("twenty layers %s", (_, isResidual) => {
  it("fit on one screen, a line each, with all their numbers", async () => {
    const { svg } = await flow(deepNetwork(20, { isResidual }));
    const [, , width, height] = svg
      .documentElement!.getAttribute("viewBox")!
      .split(" ")
      .map(Number);
    expect(width).toBeLessThan(450);
    expect(height).toBeLessThan(1150);
    const layers = drawn(svg, "node").map((node) => texts(node));
    expect(layers.every((rows) => rows.length === 1)).toBe(true);
    const numbers = drawn(svg, "edge").flatMap((edge) => texts(edge));
    expect(numbers).toHaveLength(isResidual ? 39 : 20);
  });
});

describe("a column of residual blocks", () => {
  it("has its identities in one straight line, and each branch level with its end", async () => {
    const { svg } = await flow(deepNetwork(20, { isResidual: true }));
    const nodes = drawn(svg, "node").map((node) => {
      const [text] = elements(node, "text");
      const at = (axis: string) => Number(text!.getAttribute(axis));
      return { name: text!.textContent!.replaceAll("\u00a0", " "), x: at("x"), y: at("y") };
    });
    const lane = nodes.filter(({ name }) => /^\+ {2}Residual layers\.\d+$/.test(name));
    expect(lane).toHaveLength(20);
    for (const { name, x, y } of lane) {
      expect(Math.abs(x - lane[0]!.x)).toBeLessThan(1);
      const layer = name.replace("+  Residual", "Dense ");
      const branch = nodes.find((node) => node.name.startsWith(`${layer}.inner `))!;
      expect(branch.x).toBeLessThan(x);
      expect(Math.abs(branch.y - y)).toBeLessThan(4); // a box with a lid
    }
    expect(drawn(svg, "cluster")).toHaveLength(0);
  });

  it("leaves drawings of a few layers in boxes and frames", async () => {
    const { dot, svg } = await flow(deepNetwork(5, { isResidual: true }), { detail: "scope" });
    expect(drawn(svg, "cluster")).toHaveLength(5);
    expect(dot).not.toContain("group=");
    expect(dot).toContain("\\ngrad rms ");
  });

  it("may be made of anything", { timeout: 60_000 }, async () => {
    const step = fc.record({
      first: fc.nat(6),
      second: fc.nat(6),
      joins: fc.boolean(),
      layer: fc.boolean(),
      block: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 16, maxLength: 24 }), async (steps) => {
        const { svg, dot } = await flow(anyGraph(steps), { detail: "scope" });
        expect(drawn(svg, "node")).toHaveLength(dot.match(/^\s*"[^"]+" \[/gm)!.length);
        expect(drawn(svg, "edge")).toHaveLength(dot.match(/ -> /g)!.length);
      }),
      { numRuns: 40 },
    );
  });
});

interface Step {
  /** How far back the two arguments lie. */
  readonly first: number;
  readonly second: number;
  readonly joins: boolean;
  readonly layer: boolean;
  readonly block: boolean;
}

function anyGraph(steps: readonly Step[]): Tensor {
  const values: Tensor[] = [variable([[1, -1, 0.5]], { dtype: "float64" }).asTensor()];
  for (const [i, { first, second, joins, layer, block }] of steps.entries()) {
    const [a, b] = [first, second].map((back) => values.at(-1 - (back % values.length))!);
    const body = () => {
      const x = layer ? dense(a!, 3, `layer${i}`) : a!.tanh();
      return joins ? x.add(b!) : x;
    };
    values.push(block ? scope(`${i}`, body, "Block") : body());
  }
  return values.reduce((sum, value) => sum.add(value)).sum();
}

describe("skip connections", () => {
  it("are arguments of which one was made from the other", () => {
    const x = variable([1, 2]);
    const around = x.add(x.tanh().exp());
    const [skip, ...more] = skipsOf(graphOf(around));
    expect(more).toEqual([]);
    expect([skip!.identity.from, skip!.branch.from]).toEqual(["n0", "n2"]);
    expect(skipsOf(graphOf(x.tanh().add(x.exp())))).toEqual([]);
    expect(skipsOf(graphOf(x.mul(x)))).toEqual([]);
  });
});
