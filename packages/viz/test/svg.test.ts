import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gradientFlowToDot, neuronToDot, toDot } from "../src/index.js";
import { renderSvg, renderToFile } from "../src/node.js";
import { textWidth } from "../src/svg/text-width.js";
import { deepNetwork, scalarNeuron } from "./support/examples.js";
import { drawn, elements, parseSvg, texts } from "./support/svg.js";

const { y } = scalarNeuron();
const neuron = neuronToDot(y, { backward: y.backward(), name: "neuron" });

describe("a rendered drawing", () => {
  it("has a title, a description and a role", async () => {
    const svg = parseSvg(await renderSvg(neuron, { title: "One <neuron>" })).documentElement!;
    const [title, desc] = svg.getAttribute("aria-labelledby")!.split(" ");
    expect(svg.getAttribute("role")).toBe("img");
    const byId = (id: string) => svg.ownerDocument!.getElementById(id)?.textContent;
    expect(byId(title!)).toBe("One <neuron>");
    expect(byId(desc!)).toBe("One neuron: 5 parameters, 4 operations, 8 edges.");
  });

  it("gives every element an id of its own", async () => {
    const svg = parseSvg(await renderSvg(neuron, { title: "neuron" }));
    const ids = Array.from(svg.getElementsByTagName("*"))
      .map((element) => element.getAttribute("id"))
      .filter((id) => id !== null);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^viz-neuron(-[a-z0-9-]+)?$/.test(id))).toBe(true);
  });

  it("repeats no class and keeps those of the DOT", async () => {
    const svg = parseSvg(await renderSvg(neuron, { title: "neuron" }));
    expect(drawn(svg, "edge").map((edge) => edge.getAttribute("class"))[0]).toBe(
      "edge g4 slot-0 negative",
    );
    expect(drawn(svg, "cluster")).toHaveLength(1);
  });

  it("explains in its legend what it contains and nothing else", async () => {
    const legend = async (dot: string) => {
      const svg = parseSvg(await renderSvg(dot, { title: "legend" }));
      return texts(elements(svg, "g", "legend")[0]!);
    };
    expect(await legend(neuron)).toEqual(
      "|gradient|,≤ 1e-2,1e-1,1e0,≥ 1e1,= 0,> 0,< 0,parameter,output".split(","),
    );
    expect(await legend(toDot(y))).toEqual(["parameter", "output"]);
    expect(await renderSvg(neuron, { title: "bare", legend: false })).not.toContain('"legend"');
  });

  it("keeps all text inside the picture, and that of nodes inside the nodes", async () => {
    for (const dot of [
      neuron,
      toDot(y),
      gradientFlowToDot(deepNetwork(20)),
      toDot(deepNetwork(3)),
    ]) {
      const svg = parseSvg(await renderSvg(dot, { title: "inside" }));
      const [, , width, height] = svg
        .documentElement!.getAttribute("viewBox")!
        .split(" ")
        .map(Number);
      for (const text of elements(svg, "text")) {
        const [left, right, baseline] = extent(text);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(width!);
        expect(baseline).toBeGreaterThan(0);
        expect(baseline).toBeLessThanOrEqual(height!);
      }
      for (const node of drawn(svg, "node")) {
        const border = elements(node, "polygon")[0]!;
        const xs = border
          .getAttribute("points")!
          .trim()
          .split(" ")
          .map((p) => Number.parseFloat(p));
        for (const text of elements(node, "text")) {
          const half = (textWidth(text.textContent!) * Number(text.getAttribute("font-size"))) / 2;
          const x = Number(text.getAttribute("x"));
          expect(x - half).toBeGreaterThan(Math.min(...xs));
          expect(x + half).toBeLessThan(Math.max(...xs));
        }
      }
    }
  });

  it("adapts to a dark system, or is dark throughout", async () => {
    const adaptive = await renderSvg(neuron, { title: "neuron" });
    expect(adaptive).toContain("@media (prefers-color-scheme:dark)");
    expect(adaptive).toMatch(/class="ground"[^>]*fill="#ffffff"/);
    const dark = await renderSvg(neuron, { title: "neuron", theme: "dark" });
    expect(dark).not.toContain("<style");
    expect(dark).toMatch(/class="ground"[^>]*fill="#121212"/);
    expect(dark).not.toMatch(/#ffffff|#f7f7f7|#fdf3d8|stroke="black"/);
  });

  it("is written to files by their ending", async () => {
    const folder = await mkdtemp(join(tmpdir(), "viz-"));
    await renderToFile(neuron, join(folder, "a.dot"), { title: "a" });
    await renderToFile(neuron, join(folder, "a.svg"), { title: "a" });
    expect(await readFile(join(folder, "a.dot"), "utf8")).toBe(neuron);
    parseSvg(await readFile(join(folder, "a.svg"), "utf8"));
    await expect(renderToFile(neuron, "a.bmp", { title: "a" })).rejects.toThrow(/\.bmp/);
    await rm(folder, { recursive: true });
  });
});

/** Left and right end and baseline of a text, its translations added up. */
function extent(text: Element): [number, number, number] {
  let [x, y] = [Number(text.getAttribute("x")), Number(text.getAttribute("y"))];
  for (
    let at = text.parentNode as Element | null;
    at?.getAttribute;
    at = at.parentNode as Element
  ) {
    const shift = /translate\((\S+) (\S+)\)/.exec(at.getAttribute("transform") ?? "");
    if (shift) [x, y] = [x + Number(shift[1]), y + Number(shift[2])];
  }
  const width = textWidth(text.textContent!) * Number(text.getAttribute("font-size"));
  const left = text.getAttribute("text-anchor") === "middle" ? x - width / 2 : x;
  return [left, left + width, y];
}

type Element = ReturnType<typeof elements>[number];

describe("the renderer", () => {
  it("refuses empty text at once", async () => {
    await expect(renderSvg(" \n", { title: "empty" })).rejects.toThrow(/"empty".*no DOT text/);
  });

  it("tells what is wrong with bad DOT, and works the next time", async () => {
    await expect(renderSvg("digraph { a -> }", { title: "bad" })).rejects.toThrow(
      /renderSvg: "bad": syntax error[\s\S]*digraph \{ a -> \}/,
    );
    await expect(renderSvg(neuron, { title: "good", timeoutMs: 20_000 })).resolves.toContain(
      "<svg",
    );
    await expect(renderSvg("digraph {", { title: "bad", timeoutMs: 20_000 })).rejects.toThrow(
      /renderSvg: "bad": .*syntax error/,
    );
    await expect(renderSvg(neuron, { title: "good" })).resolves.toContain("<svg");
  });

  it("ends a layout that takes too long", async () => {
    const slow = `digraph { ${Array.from({ length: 3000 }, (_, i) => `${i} -> ${(i * 7) % 3001}; ${i} -> ${(i * 31) % 3001};`).join("\n")} }`;
    await expect(renderSvg(slow, { title: "slow", timeoutMs: 300 })).rejects.toThrow(/300 ms/);
  });

  it("says nothing on stderr, not even for letters beyond ASCII", async () => {
    const folder = await mkdtemp(join(tmpdir(), "viz-"));
    const program = join(folder, "quiet.mjs");
    await writeFile(
      program,
      `import { renderSvg } from ${JSON.stringify(new URL("../src/node.ts", import.meta.url))};
       const dot = 'digraph { node [fontname="Arial"] a [label="ŷ × ∂ 世", tooltip="Σ"] }';
       await renderSvg(dot, { title: "quiet" });`,
    );
    const { stderr, status } = spawnSync(
      process.execPath,
      ["--conditions=neurite-src", "--import=tsx", program],
      { cwd: import.meta.dirname, encoding: "utf8" },
    );
    await rm(folder, { recursive: true });
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("draws DOT that others wrote", async () => {
    const svg = parseSvg(await renderSvg('graph { a -- "b c" }', { title: "theirs" }));
    expect(texts(svg)).toEqual(["a", "b c"]);
  });
});
