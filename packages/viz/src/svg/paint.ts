import { LEVELS } from "../drawing/gradient-scale.js";
import type { Palette } from "../drawing/palette.js";
import { edgeColour } from "../drawing/write-dot.js";
import { type Element, elementsIn, walk } from "./xml.js";

/** The colours of an element of the drawing. */
interface Paint {
  readonly fill?: string;
  readonly stroke?: string;
}

/** What the classes of a group say about the colours of its shapes; the last match counts. */
function paintsOf(palette: Palette): [selector: string, paint: Paint][] {
  const { fills, line, frame, broken } = palette;
  const levels = ["plain", "silent", "zero", "broken"];
  for (let level = 0; level < LEVELS; level++) levels.push(`g${level}`);
  return [
    ["cluster", { stroke: frame }],
    ...Object.entries(fills).map(([role, fill]): [string, Paint] => [
      `node.${role}`,
      { fill, stroke: role === "broken" ? broken : line },
    ]),
    ...levels.map((level): [string, Paint] => {
      const colour = edgeColour(level, palette);
      return [`edge.${level}`, { fill: colour, stroke: colour }];
    }),
  ];
}

const SHAPES = new Set(["polygon", "polyline", "path", "ellipse", "rect", "line"]);

/** Writes the colours of a theme into the attributes, for renderers that read no style sheet. */
export function paint(root: Element, palette: Palette): void {
  const paints = paintsOf(palette);
  for (const group of walk(root)) {
    const classes = new Set((group.attributes.class ?? "").split(" "));
    const found = paints.findLast(([selector]) => selector.split(".").every((c) => classes.has(c)));
    if (!found) continue;
    for (const shape of elementsIn(group).filter(({ name }) => SHAPES.has(name))) {
      const { fill, stroke } = found[1];
      if (fill && shape.attributes.fill !== "none") shape.attributes.fill = fill;
      if (stroke && shape.attributes.stroke !== "none") shape.attributes.stroke = stroke;
    }
  }
  for (const text of walk(root)) {
    if (text.name !== "text") continue;
    text.attributes.fill = palette.text;
    if (text.attributes["paint-order"]) text.attributes.stroke = palette.ground;
  }
  for (const ground of walk(root)) {
    if (ground.attributes.class === "ground") ground.attributes.fill = palette.ground;
  }
}

/** The same colours as rules, for a reader whose system is dark. They concern this drawing only. */
export function darkStyle(id: string, palette: Palette): string {
  const shapes = `:is(${[...SHAPES].join(",")})`;
  const rules = [
    ...paintsOf(palette).map(([selector, { fill = "none", stroke = "none" }]) => [
      `.${selector}`,
      `--fill:${fill};--stroke:${stroke}`,
    ]),
    [`:is(.node,.edge,.cluster)>${shapes}:not([stroke=none])`, "stroke:var(--stroke)"],
    [`:is(.node,.edge,.cluster)>${shapes}:not([fill=none])`, "fill:var(--fill)"],
    ["text", `fill:${palette.text}`],
    ["text[paint-order]", `stroke:${palette.ground}`],
    [".ground", `fill:${palette.ground}`],
  ];
  const body = rules.map(([selector, colours]) => `#${id} ${selector}{${colours}}`).join("\n");
  return `@media (prefers-color-scheme:dark){\n${body}\n}`;
}
