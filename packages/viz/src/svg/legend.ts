import { heightOf, levelAt, powerOfTen, type Scale, widthAt } from "../drawing/gradient-scale.js";
import { textWidth } from "./text-width.js";
import { type Element, element, walk } from "./xml.js";

const FONT_SIZE = 10;
const LINE_HEIGHT = 20;
const SAMPLE = 30;
const GAP = 18;

/** A sample and the words beside it. */
interface Entry {
  readonly sample?: Element | undefined;
  readonly words: string;
}

/**
 * The legend of a finished drawing: it explains the classes it finds there, and nothing else. It is
 * laid out in rows of the given width, with its upper left corner at the origin.
 */
export function legendOf(drawing: Element, width: number): { legend: Element; height: number } {
  const classes = new Set<string>();
  for (const { attributes } of walk(drawing)) {
    const names = attributes.class?.split(/\s+/) ?? [];
    // A layer is filled like a parameter if it has some.
    const isLayer = names.includes("collapsed");
    for (const name of names) classes.add(isLayer ? `layer-${name}` : name);
  }
  const rows = [gradientEntries(classes), nodeEntries(classes)].flatMap((entries) =>
    wrapped(entries, width),
  );
  const items = rows.flatMap((row, line) => {
    let x = 0;
    return row.map(({ sample, words }) => {
      const text = element("text", { x: startOf(sample), y: 3.5, "font-size": FONT_SIZE }, [words]);
      const at = `translate(${x.toFixed(1)} ${(line + 0.5) * LINE_HEIGHT})`;
      x += widthOf({ sample, words });
      return element("g", { transform: at }, sample ? [sample, text] : [text]);
    });
  });
  return {
    legend: element("g", { class: "legend", "font-family": "Arial, sans-serif" }, items),
    height: rows.length * LINE_HEIGHT,
  };
}

/** Where the words begin: after the sample, if there is one. */
const startOf = (sample: Element | undefined): number => (sample ? SAMPLE + 6 : 0);

const widthOf = ({ sample, words }: Entry): number =>
  startOf(sample) + textWidth(words) * FONT_SIZE + GAP;

function wrapped(entries: readonly Entry[], width: number): Entry[][] {
  const rows: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const needed = widthOf(entry);
    if (needed > room || rows.length === 0) {
      rows.push([]);
      room = width;
    }
    rows.at(-1)!.push(entry);
    room -= needed;
  }
  return rows;
}

function gradientEntries(classes: ReadonlySet<string>): Entry[] {
  const scale = scaleIn(classes);
  if (!scale) return [];
  const entries = ticksOf(scale).map((size, at, all): Entry => {
    const height = heightOf(size, scale);
    const sign = at === 0 ? "≤" : at === all.length - 1 ? "≥" : "";
    const words = `${sign} ${size.toExponential().replace("e+", "e")}`.trim();
    return { sample: stroke(levelAt(height), widthAt(height)), words };
  });
  entries.unshift({ words: "|gradient|" });
  if (classes.has("zero")) entries.push({ sample: stroke("zero", 1, "5,2"), words: "= 0" });
  if (classes.has("silent")) {
    entries.push({ sample: stroke("silent", 0.6), words: "none passes" });
  }
  if (classes.has("broken")) {
    entries.push({ sample: stroke("broken", 4, "1,5"), words: "not finite" });
  }
  if (classes.has("negative")) {
    entries.push({ sample: arrow(false), words: "> 0" }, { sample: arrow(true), words: "< 0" });
  }
  return entries;
}

function nodeEntries(classes: ReadonlySet<string>): Entry[] {
  const roles = ["input", "parameter", "constant", "output"].filter(
    (role) => classes.has(role) || (role === "output" && classes.has("layer-output")),
  );
  const entries: Entry[] = roles.map((role) => ({ sample: box(role), words: role }));
  if (classes.has("layer-parameter")) {
    entries.push({ sample: box("parameter"), words: "layer with parameters" });
  }
  return entries;
}

/** The scale that the drawing's class names: `scale_1e-8_1e0`. */
function scaleIn(classes: ReadonlySet<string>): Scale | undefined {
  for (const name of classes) {
    const [, min, max] = /^scale_([^_]+)_([^_]+)$/.exec(name) ?? [];
    if (min && max) return { min: Number(min), max: Number(max) };
  }
  return undefined;
}

/** The ends of the scale and at most three powers of ten between them. */
function ticksOf({ min, max }: Scale): number[] {
  const [low, high] = [Math.log10(min), Math.log10(max)];
  const step = Math.max(1, Math.ceil((high - low) / 4));
  const between: number[] = [];
  for (let power = Math.floor(low) + step; power < high - step / 2; power += step) {
    between.push(powerOfTen(power));
  }
  return [min, ...between, max];
}

const line = (dash?: string): Record<string, string> => (dash ? { "stroke-dasharray": dash } : {});

const stroke = (level: string, width: number, dash?: string): Element =>
  element("g", { class: `edge ${level}` }, [
    element("path", {
      d: `M0,0H${SAMPLE}`,
      fill: "none",
      stroke: "",
      "stroke-width": width,
      ...line(dash),
    }),
  ]);

const arrow = (isNegative: boolean): Element => {
  const head = isNegative ? "25,-5 28,-5 28,5 25,5" : `21,-4.5 ${SAMPLE},0 21,4.5`;
  return element("g", { class: "edge g3" }, [
    element("path", { d: "M0,0H25", fill: "none", stroke: "", "stroke-width": 2 }),
    element("polygon", { points: head, fill: "", stroke: "none" }),
  ]);
};

const box = (role: string): Element =>
  element("g", { class: `node ${role}` }, [
    element("rect", {
      x: 2,
      y: -6,
      width: SAMPLE - 4,
      height: 12,
      fill: "",
      stroke: "",
      "stroke-width": role === "parameter" || role === "output" ? 2 : 1,
      ...line(role === "constant" ? "1,3" : undefined),
    }),
  ]);
