import { ValueError } from "@neurite/autograd";
import { palettes, type Theme } from "../drawing/palette.js";
import { darkStyle } from "./paint.js";
import { FONTS } from "./polish.js";
import { textWidth } from "./text-width.js";
import { type Element, element, elementsIn, parseXml, walk, writeXml } from "./xml.js";

export interface SideBySideOptions {
  /** What the whole picture shows: read aloud to those who do not see it. */
  readonly title: string;
}

const MARGIN = 8;
const GAP = 16;
const HEADING_SIZE = 14;
const HEADING_HEIGHT = 24;

/** A finished drawing on its way into a picture with others. */
interface Panel {
  readonly root: Element;
  readonly title: string;
  readonly desc: string;
  readonly width: number;
  readonly height: number;
}

/**
 * One SVG of several that `renderSvg` made, beside each other, each under its own title. Draw them
 * with one `scale` to make their widths and colours comparable.
 */
export function sideBySide(svgs: readonly string[], { title }: SideBySideOptions): string {
  if (svgs.length === 0) throw refused(title, "there are no drawings to join");
  const taken = new Set<string>();
  const panels = svgs.map((svg, at) => {
    const panel = readPanel(svg, at, title);
    makeUnique(panel.root, taken);
    return panel;
  });
  const id = free(`${panels[0]!.root.attributes.id}-row`, taken);
  let x = 0;
  const groups = panels.map((panel) => {
    const group = placed(panel, x);
    x += panel.width + GAP;
    return group;
  });
  const size = {
    width: (x - GAP).toFixed(2),
    height: (Math.max(...panels.map(({ height }) => height)) + HEADING_HEIGHT + MARGIN).toFixed(2),
  };
  const isAdaptive = panels.some(({ root }) => elementsIn(root).some((e) => e.name === "style"));
  const palette = palettes[themeOf(panels[0]!)];
  for (const text of groups.flatMap(elementsIn)) {
    if (text.name === "text") text.attributes.fill = palette.text;
  }
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      id,
      viewBox: `0 0 ${size.width} ${size.height}`,
      width: "100%",
      height: "100%",
      style: `max-width:${Math.ceil((Number(size.width) * 4) / 3)}px`,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
    },
    [
      element("title", { id: `${id}-title` }, [title]),
      element("desc", { id: `${id}-desc` }, [
        panels.map((panel) => `${panel.title}. ${panel.desc}`).join(" "),
      ]),
      ...(isAdaptive ? [element("style", {}, [darkStyle(id, palettes.dark)])] : []),
      element("rect", { class: "ground", ...size, fill: palette.ground }),
      ...groups,
    ],
  );
  return `${writeXml(svg)}\n`;
}

function readPanel(svg: string, at: number, title: string): Panel {
  const { root } = parseXml(svg);
  const [, , width, height] = (root?.attributes.viewBox ?? "").split(/\s+/).map(Number);
  if (root?.name !== "svg" || !root.attributes.id || !width || !height) {
    throw refused(title, `drawing ${at} is no SVG as renderSvg returns it`);
  }
  const textOf = (name: string) =>
    elementsIn(root)
      .find((child) => child.name === name)
      ?.children.join("") ?? "";
  const heading = textOf("title");
  const room = textWidth(heading) * HEADING_SIZE * BOLD + 2 * MARGIN;
  const panel = { root, title: heading, desc: textOf("desc"), height };
  return { ...panel, width: Math.max(width, room) };
}

const refused = (title: string, problem: string) =>
  new ValueError("sideBySide", `"${title}": ${problem}`, {
    fix: "give what renderSvg returned, for one drawing or more",
  });

/** How much wider bold letters are. */
const BOLD = 1.1;

/** The drawing as a group under its heading; its title and description move to the whole. */
function placed({ root, title, width }: Panel, x: number): Element {
  const [, , own = width] = root.attributes.viewBox!.split(/\s+/).map(Number);
  const content = root.children.filter(
    (child) => typeof child === "string" || !["title", "desc"].includes(child.name),
  );
  const inner = `translate(${((width - own) / 2).toFixed(2)} ${HEADING_HEIGHT})`;
  return element("g", { class: "panel", transform: `translate(${x.toFixed(2)} ${MARGIN})` }, [
    element(
      "text",
      {
        x: (width / 2).toFixed(2),
        y: HEADING_SIZE,
        "text-anchor": "middle",
        "font-family": FONTS,
        "font-size": HEADING_SIZE,
        "font-weight": "bold",
      },
      [title],
    ),
    element("g", { id: root.attributes.id!, transform: inner }, content),
  ]);
}

/** Renames ids that an earlier drawing has; the style sheet names the root alone. */
function makeUnique(root: Element, taken: Set<string>): void {
  const before = root.attributes.id!;
  for (const { attributes } of walk(root)) {
    if (attributes.id !== undefined) attributes.id = free(attributes.id, taken);
  }
  for (const style of elementsIn(root).filter(({ name }) => name === "style")) {
    style.children = [style.children.join("").replaceAll(`#${before} `, `#${root.attributes.id} `)];
  }
}

/** The id, or the first of `id-2`, `id-3`, … that is free. */
function free(id: string, taken: Set<string>): string {
  let name = id;
  for (let count = 2; taken.has(name); count++) name = `${id}-${count}`;
  taken.add(name);
  return name;
}

/** The ground the drawing was made for. */
function themeOf({ root }: Panel): Theme {
  const ground = elementsIn(root).find(({ attributes }) => attributes.class === "ground");
  return ground?.attributes.fill === palettes.dark.ground ? "dark" : "light";
}
