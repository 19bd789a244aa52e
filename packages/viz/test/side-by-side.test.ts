import { scalar } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { gradientFlowToDot, sideBySide, toDot } from "../src/index.js";
import { renderSvg } from "../src/node.js";
import { elements, parseSvg, texts } from "./support/svg.js";

const x = scalar(2, { label: "x" });
const y = x.tanh().exp().as("y");
const flow = gradientFlowToDot(y, { backward: y.backward() });

describe("drawings beside each other", () => {
  it("are one picture with a heading each", async () => {
    const [one, two] = [
      await renderSvg(toDot(y), { title: "Forward <1>" }),
      await renderSvg(flow, { title: "Backward & more" }),
    ];
    const svg = parseSvg(sideBySide([one, two], { title: "Both" }));
    const root = svg.documentElement!;
    expect(elements(svg, "svg")).toHaveLength(1);
    expect(root.getAttribute("role")).toBe("img");
    const described = root.getAttribute("aria-labelledby")!.split(" ");
    const [title, desc] = described.map((id) => svg.getElementById(id)!.textContent);
    expect(title).toBe("Both");
    expect(desc).toMatch(/^Forward <1>\. Computation graph: .* Backward & more\. Gradient flow/);
    const panels = elements(svg, "g", "panel");
    expect(panels.map((panel) => texts(panel)[0])).toEqual(["Forward <1>", "Backward & more"]);
  });

  it("stand top-aligned without overlap, whatever their sizes", async () => {
    const svgs = [
      await renderSvg(toDot(y), {
        title: "A heading that is much wider than its drawing ".repeat(3),
      }),
      await renderSvg(toDot(y, { rankdir: "TB" }), { title: "tall" }),
    ];
    const size = (svg: string) =>
      parseSvg(svg).documentElement!.getAttribute("viewBox")!.split(" ").map(Number);
    const joined = sideBySide(svgs, { title: "Both" });
    const [, , width, height] = size(joined);
    const [first, second] = svgs.map((svg) => size(svg));
    expect(width).toBeGreaterThan(first![2]! + second![2]!);
    expect(height).toBeGreaterThan(Math.max(first![3]!, second![3]!));
    const shifts = elements(parseSvg(joined), "g", "panel").map(
      (panel) => /translate\((\S+) (\S+)\)/.exec(panel.getAttribute("transform")!)!,
    );
    expect(shifts[0]![2]).toBe(shifts[1]![2]);
    expect(Number(shifts[1]![1])).toBeGreaterThan(first![2]!);
  });

  it("keep ids unique and style sheets to themselves", async () => {
    const svg = await renderSvg(flow, { title: "twice" });
    const once = sideBySide([svg, svg], { title: "Two" });
    for (const joined of [once, sideBySide([once, svg], { title: "Three" })]) {
      const root = parseSvg(joined);
      const ids = Array.from(root.getElementsByTagName("*")).flatMap(
        (element) => element.getAttribute("id") ?? [],
      );
      expect(new Set(ids).size).toBe(ids.length);
      const styles = elements(root, "style").map((style) => style.textContent!);
      const owners = styles.map((style) => {
        const named = new Set(Array.from(style.matchAll(/^#(\S+) /gm), ([, id]) => id!));
        expect(named.size).toBe(1);
        return [...named][0]!;
      });
      expect(new Set(owners).size).toBe(styles.length);
      for (const id of owners) expect(root.getElementById(id)).not.toBeNull();
    }
  });

  it("are adaptive if they were, and dark if they were", async () => {
    const adaptive = await renderSvg(flow, { title: "a" });
    expect(sideBySide([adaptive], { title: "b" }).match(/@media/g)).toHaveLength(2);
    const dark = await renderSvg(flow, { title: "a", theme: "dark" });
    const joined = sideBySide([dark, dark], { title: "b" });
    expect(joined).not.toContain("<style");
    expect(joined).not.toMatch(/#ffffff|#1a1a1a/);
    expect(joined).toMatch(/font-weight="bold" fill="#f2f2f2"/);
  });

  it("must be there, and be drawings", () => {
    expect(() => sideBySide([], { title: "none" })).toThrow(/sideBySide: "none"/);
    expect(() => sideBySide(["<p/>"], { title: "other" })).toThrow(/drawing 0 .*renderSvg/);
    expect(() => sideBySide(["text"], { title: "other" })).toThrow(/drawing 0 .*renderSvg/);
  });
});
