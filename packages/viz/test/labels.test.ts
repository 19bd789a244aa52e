import { scalar, scope, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { gradientFlowToDot } from "../src/index.js";
import { renderSvg } from "../src/node.js";
import { textWidth } from "../src/svg/text-width.js";
import { drawn, elements, parseSvg, texts } from "./support/svg.js";

type Svg = ReturnType<typeof parseSvg>;
type Element = ReturnType<typeof elements>[number];

async function flow(y: Tensor, rankdir: "LR" | "TB"): Promise<Svg> {
  const dot = gradientFlowToDot(y, { backward: y.backward(), rankdir });
  return parseSvg(await renderSvg(dot, { title: "labels" }));
}

/** The numbers of an attribute in pairs: corners of a polygon, control points of a curve. */
function points(shape: Element): [number, number][] {
  const text = shape.getAttribute("d") ?? shape.getAttribute("points") ?? "";
  const numbers = text.match(/-?\d+(\.\d+)?/g)!.map(Number);
  return numbers.flatMap((x, i) => (i % 2 === 0 ? [[x, numbers[i + 1]!]] : []));
}

/** Whether the middle line of an edge passes through the letters of a text. */
function passes(edge: Element, text: Element): boolean {
  const size = Number(text.getAttribute("font-size"));
  const half = (textWidth(text.textContent!.trim()) * size) / 2;
  const isCentred = text.getAttribute("text-anchor") === "middle";
  const x = Number(text.getAttribute("x")) + (isCentred ? 0 : half);
  const y = Number(text.getAttribute("y")) - size / 3;
  const [line] = elements(edge, "path");
  const corners = points(line!);
  return corners.slice(0, -3).some((_, i) => {
    if (i % 3 > 0) return false;
    const [a, b, c, d] = corners.slice(i, i + 4);
    return Array.from({ length: 50 }, (_, step) => step / 49).some((t) => {
      const at = (axis: 0 | 1) =>
        (1 - t) ** 3 * a![axis] +
        3 * (1 - t) ** 2 * t * b![axis] +
        3 * (1 - t) * t ** 2 * c![axis] +
        t ** 3 * d![axis];
      return Math.abs(at(0) - x) < half && Math.abs(at(1) - y) < size / 3;
    });
  });
}

describe.each(["LR", "TB"] as const)("two edges between the same nodes, %s", (rankdir) => {
  const x = scalar(2, { label: "x" });

  it("share what is written on both, beside them", async () => {
    const svg = await flow(x.mul(x), rankdir);
    const edges = drawn(svg, "edge");
    expect(edges.flatMap((edge) => texts(edge)).map((text) => text.trim())).toEqual([
      "each 2 × 1 = 2",
    ]);
    const [label] = edges.flatMap((edge) => elements(edge, "text"));
    expect(edges.map((edge) => passes(edge, label!))).toEqual([false, false]);
    const widths = edges.map((edge) =>
      Number(elements(edge, "path")[0]!.getAttribute("stroke-width")),
    );
    const axis = rankdir === "LR" ? 1 : 0;
    const middles = edges.map((edge) => {
      const along = points(elements(edge, "path")[0]!);
      return along[Math.floor(along.length / 2)]![axis];
    });
    expect(Math.abs(middles[0]! - middles[1]!)).toBeGreaterThan(Math.max(...widths));
  });

  it("keep what differs apart", async () => {
    const edges = drawn(await flow(x.pow(x), rankdir), "edge");
    const labels = edges.flatMap((edge) => elements(edge, "text"));
    expect(labels).toHaveLength(2);
    for (const label of labels) {
      expect(edges.map((edge) => passes(edge, label))).toEqual([false, false]);
    }
  });
});

describe("the title of a scope", () => {
  it("makes way for an edge that enters from above, where the frame has room", async () => {
    const chain = (x: Tensor, kind: string) => scope("", () => x.tanh().exp(), kind);
    const svg = await flow(chain(chain(scalar(0.5).asTensor(), "Scope 1"), "Scope 2"), "TB");
    const titles = elements(svg, "text").filter((text) => /Scope/.test(text.textContent!));
    expect(titles).toHaveLength(2);
    for (const title of titles) {
      expect(drawn(svg, "edge").filter((edge) => passes(edge, title))).toEqual([]);
    }
  });
});
