import { scalar, scope } from "@neurite/autograd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graphOf, toDot } from "../src/index.js";
import { renderSvg } from "../src/node.js";
import { drawn, parseSvg, texts } from "./support/svg.js";

const evil = [
  ..."\"\\{}|<>&'`~;#\n\r\t\0\u0007\u001b\u007f\u2028\ufffe×ŷ∂世🧠",
  "\ud800",
  "\udc00",
  "\\N",
  "\\G",
  "\\",
  "-->",
  "<!--",
  "]]>",
  "</script>",
  "&lt;",
  "&#0;",
  "&amp;",
  "  ",
  "e\u0301",
  "n0",
  "Title: ",
];
const label = fc
  .array(fc.oneof(fc.constantFrom(...evil), fc.string({ unit: "binary", maxLength: 4 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(""));

/** A small graph with these names for leaf, operation, scope, kind of scope and drawing. */
function named([leaf, op, path, kind, name]: readonly string[]) {
  const x = scalar(2, { label: leaf! });
  const y = scope(path!, () => x.mul(x).as(op!).tanh(), kind!);
  return graphOf(y, { name: name!, backward: y.backward() });
}

describe("names that are syntax elsewhere", () => {
  it("never change what is drawn", { timeout: 60_000 }, async () => {
    const names = fc.tuple(label, label, label, label, label);
    await fc.assert(
      fc.asyncProperty(names, label, async (labels, title) => {
        const graph = named(labels);
        const svg = await renderSvg(toDot(graph), { title });
        const root = parseSvg(svg);
        expect(drawn(root, "node")).toHaveLength(graph.nodes.length);
        expect(drawn(root, "edge")).toHaveLength(graph.edges.length);
        expect(svg).not.toMatch(/<a |href|<script|<!--/);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    "plain",
    "σ(z) = ŷ, 世界 🧠",
    "{a|b} <c>",
    'say "hi" \\N \\G & &lt; &amp;',
    "`i `` back`ticks",
  ])("are shown as they are: %s", async (text) => {
    const svg = await renderSvg(toDot(scalar(1, { label: text }).neg()), { title: text });
    const shown = texts(parseSvg(svg)).map((row) => row.replaceAll("\u00a0", " "));
    expect(shown).toContain(`${text} parameter`);
  });
});
