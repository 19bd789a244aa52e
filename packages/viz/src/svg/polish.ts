import { clearLabel, clearTitle } from "./labels.js";
import { type Element, element, elementsIn, walk } from "./xml.js";

/** For every reader: Arial, or what has its widths. */
export const FONTS = "Arial, Helvetica, Arimo, Liberation Sans, DejaVu Sans, sans-serif";

/** Turns Graphviz's tree into one that every reader draws alike; colours come later. */
export function polish(svg: Element, restore: (text: string) => string): void {
  for (const item of walk(svg)) {
    item.children = item.children.map((c) => (typeof c === "string" ? restore(c) : c));
    for (const name of ["fill", "stroke"]) {
      // Older readers paint black what is "transparent".
      if (item.attributes[name] === "transparent") item.attributes[name] = "none";
    }
    if (item.name === "text") item.attributes["font-family"] = FONTS;
  }
  const drawing = elementsIn(svg).find(({ attributes }) => attributes.class?.startsWith("graph"))!;
  // The title and the transparent ground of the whole graph: the wrapper has its own.
  drawing.children = elementsIn(drawing).filter(
    ({ name }) => name !== "title" && name !== "polygon",
  );
  const titles = elementsIn(drawing).flatMap((group) => {
    unwrapTooltips(group, restore);
    const classes = classesOf(group);
    if (classes.has("edge")) polishEdge(group);
    return classes.has("cluster") ? takeTexts(group) : [];
  });
  const edges = elementsIn(drawing).filter((group) => classesOf(group).has("edge"));
  for (const { title, frame } of titles) if (frame) clearTitle(title, frame, edges);
  drawing.children.push(...titles.map(({ title }) => title));
}

/** The classes without the repeats that Graphviz adds. */
const classesOf = ({ attributes }: Element) => new Set((attributes.class ?? "").split(/\s+/));

/** A tooltip arrives as a link without a target; it becomes the title of its group. */
function unwrapTooltips(group: Element, restore: (text: string) => string): void {
  let tooltip: string | undefined;
  const content = elementsIn(group).flatMap((child) => {
    if (child.name === "title") return [];
    if (child.name !== "g") return [child];
    return elementsIn(child).flatMap((link) => {
      tooltip ??= link.attributes["xlink:title"];
      return elementsIn(link);
    });
  });
  const title = tooltip === undefined ? [] : [element("title", {}, [restore(tooltip)])];
  group.children = [...title, ...content];
}

/** Heads end at the node instead of piercing it; labels keep clear of wide lines. */
function polishEdge(group: Element): void {
  const shapes = elementsIn(group);
  const line = shapes.find(({ name }) => name === "path");
  for (const head of shapes.filter(({ name }) => name === "polygon" || name === "polyline")) {
    head.attributes["stroke-width"] = "1";
  }
  group.children = shapes.filter((shape) => !isBlank(shape));
  for (const text of elementsIn(group).filter(({ name }) => name === "text")) {
    clearLabel(text, line);
    addHalo(text);
  }
}

/** What only kept a place free during the layout. */
const isBlank = ({ name, children }: Element): boolean =>
  name === "text" && children.join("").trim() === "";

/** Titles of scopes are drawn last, so that edges pass behind them. */
function takeTexts(group: Element): { title: Element; frame: Element | undefined }[] {
  const texts = elementsIn(group).filter(({ name }) => name === "text");
  group.children = elementsIn(group).filter(({ name }) => name !== "text");
  for (const text of texts) addHalo(text);
  const frame = elementsIn(group).find(({ name }) => name === "path" || name === "polygon");
  return texts.map((title) => ({ title, frame }));
}

/** A seam in the colour of the ground keeps text legible over lines. */
const addHalo = ({ attributes }: Element): void => {
  const halo = { "paint-order": "stroke", stroke: "", "stroke-width": "3" };
  Object.assign(attributes, halo, { "stroke-linejoin": "round" });
};
