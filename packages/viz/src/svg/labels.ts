import { textWidth } from "./text-width.js";
import { type Element, elementsIn } from "./xml.js";

type Point = readonly [x: number, y: number];

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How finely a curve is followed: so many points for each of its pieces. */
const STEPS = 24;

/** How far apart the places are that are tried for a title. */
const STRIDE = 4;

/** Moves the label of an edge off its line, which Graphviz takes for a hair. */
export function clearLabel(text: Element, line: Element | undefined): void {
  const points = pointsOf(line);
  const width = Number(line?.attributes["stroke-width"] ?? 1);
  const [start, end] = [points[0], points.at(-1)];
  const runsAcross = start && end && Math.abs(end[0] - start[0]) > Math.abs(end[1] - start[1]);
  if (!runsAcross) {
    move(text, "x", width); // beside a line, heads are wider
    return;
  }
  const { left, right, top, bottom } = boxOf(text);
  const under = points.filter(([x]) => x >= left && x <= right).map(([, y]) => y);
  const middle = under.reduce((sum, y) => sum + y, 0) / under.length;
  const isBelow = middle < (top + bottom) / 2;
  const lowest = Math.max(...under) + width / 2 + 1;
  move(text, "y", isBelow ? Math.max(0, lowest - top) : -width / 2);
}

/** Moves the title of a scope to the right, to the first place that the fewest edges pass. */
export function clearTitle(title: Element, frame: Element, edges: readonly Element[]): void {
  const points = edges.flatMap((edge) => elementsIn(edge).flatMap((shape) => pointsOf(shape)));
  const box = boxOf(title);
  const right = Math.max(...pointsOf(frame).map(([x]) => x)) - 8;
  const near = points.filter(([, y]) => y > box.top - 3 && y < box.bottom + 3);
  const passing = (shift: number) =>
    near.filter(([x]) => x > box.left + shift - 5 && x < box.right + shift + 5).length;
  let best = { shift: 0, count: passing(0) };
  for (let shift = STRIDE; best.count > 0 && box.right + shift <= right; shift += STRIDE) {
    const count = passing(shift);
    if (count < best.count) best = { shift, count };
  }
  move(title, "x", best.shift);
}

/** About where the letters are. */
function boxOf({ attributes, children }: Element): Box {
  const size = Number(attributes["font-size"]);
  const [x, y] = [Number(attributes.x), Number(attributes.y)];
  const width = textWidth(children.join("").trim()) * size;
  const left = attributes["text-anchor"] === "middle" ? x - width / 2 : x;
  return { left, right: left + width, top: y - 0.75 * size, bottom: y + 0.2 * size };
}

function move({ attributes }: Element, axis: "x" | "y", by: number): void {
  attributes[axis] = String(Number((Number(attributes[axis]) + by).toFixed(2)));
}

/** Points along a path of cubic curves, or the corners of a polygon. */
function pointsOf(shape: Element | undefined): Point[] {
  const { d, points } = shape?.attributes ?? {};
  const numbers = (d ?? points ?? "").match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
  const corners = numbers.flatMap((x, i): Point[] => (i % 2 === 0 ? [[x, numbers[i + 1]!]] : []));
  if (d === undefined) return corners;
  const along: Point[] = corners.slice(0, 1);
  for (let i = 0; i + 3 < corners.length; i += 3) {
    const piece = corners.slice(i, i + 4) as [Point, Point, Point, Point];
    for (let step = 1; step <= STEPS; step++) along.push(onCurve(piece, step / STEPS));
  }
  return along;
}

/** The point at t of 1 on Bézier's cubic curve with these four points. */
function onCurve([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const s = 1 - t;
  const at = (axis: 0 | 1) =>
    s ** 3 * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t ** 3 * d[axis];
  return [at(0), at(1)];
}
