import { variantOf } from "../harness/names.js";
import type { Row } from "../harness/result.js";
import { element, headed, line, text } from "./svg.js";
import { digits, verdict } from "./words.js";

const [LABELS, PLOT, VALUES] = [370, 520, 70]; // columns
const [HEAD, LINE, FOOT] = [64, 20, 34]; // rows
const GREY = "#555";
const colours = { stretch: "#1b7a43", met: "#4a9d6b", missed: "#c8553d" } as const;
const marks = { target: 2, stretch: 0.75 } as const;

/** How many times as fast as the other: what all comparisons come to. */
const speedOf = ({ unit }: Row, value: number): number => (unit === "time" ? 1 / value : value);

/** Where a speed lies from left to right. */
type Axis = (speed: number) => number;

/**
 * Ratios as bars on a logarithmic axis, from 1, "as fast", to the right where we are faster. A line
 * across a bar is its target, a thin one the stretch.
 */
export function chart(all: readonly Row[]): string {
  const rows = all.filter(({ against }) => against !== undefined);
  const speeds = rows.flatMap((row) =>
    [row.value, row.target, row.stretch ?? row.target].map((value) => speedOf(row, value)),
  );
  const first = Math.floor(Math.log10(Math.min(...speeds, 0.5)) * 2) / 2;
  const last = Math.ceil(Math.log10(Math.max(...speeds, 2)) * 2) / 2;
  const axis: Axis = (speed) => LABELS + ((Math.log10(speed) - first) / (last - first)) * PLOT;
  const bottom = HEAD + rows.length * LINE;
  const [width, height] = [LABELS + PLOT + VALUES, bottom + FOOT];
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      "font-family": "Helvetica, Arial, sans-serif",
      "font-size": 12,
    },
    element("rect", { width, height, fill: "#fff" }),
    text(12, 22, "Speed of neurite beside others", { "font-size": 15, "font-weight": "bold" }),
    text(12, 40, "times in one run, median of the ratios of its rounds; 1x is as fast", {
      fill: GREY,
    }),
    ...powers(first, last).flatMap((speed) => tick(axis(speed), speed, bottom)),
    ...rows.flatMap((row, i) => bar(row, rows[i - 1], HEAD + i * LINE, axis)),
    ...legend(bottom + 22),
  )}\n`;
}

const powers = (first: number, last: number): number[] =>
  Array.from({ length: Math.floor(last) - Math.ceil(first) + 1 }, (_, i) =>
    Number(`1e${Math.ceil(first) + i}`),
  );

const tick = (x: number, speed: number, bottom: number): string[] => [
  line(x, HEAD - 6, x, bottom, { stroke: speed === 1 ? GREY : "#ddd" }),
  text(x, HEAD - 12, `${speed}x`, { "text-anchor": "middle", fill: GREY }),
];

function bar(row: Row, above: Row | undefined, top: number, axis: Axis): string[] {
  const { against, subject, unit, value, target, stretch } = row;
  const [from, to] = [axis(1), axis(speedOf(row, value))];
  const base = top + LINE / 2 + 4;
  const mark = (value: number, thickness: number) => {
    const x = axis(speedOf(row, value));
    return line(x, top + 2, x, top + LINE - 2, { stroke: "#222", "stroke-width": thickness });
  };
  const isFirst = above?.id !== row.id || above.title !== row.title;
  const heading = [
    line(12, top, LABELS + PLOT, top, { stroke: "#eee" }),
    headed(12, base, row.id, row.title),
  ];
  const variant = variantOf(subject);
  const peer = variant ? `${against} (${variant})` : against!;
  const measured =
    unit === "share" ? `${digits(value * 100)} %` : `${digits(speedOf(row, value))}x`;
  return [
    ...(isFirst ? heading : []),
    text(LABELS - 8, base, peer, { "text-anchor": "end", fill: GREY }),
    element("rect", {
      x: Math.min(from, to),
      y: top + 4,
      width: Math.max(Math.abs(to - from), 1),
      height: LINE - 8,
      fill: colours[verdict(row)],
    }),
    mark(target, marks.target),
    ...(stretch === undefined ? [] : [mark(stretch, marks.stretch)]),
    text(LABELS + PLOT + 6, base, measured),
  ];
}

function legend(y: number): string[] {
  const boxes = [
    ["stretch", "stretch reached"],
    ["met", "target met"],
    ["missed", "missed"],
  ] as const;
  const lines = [
    [marks.target, "target"],
    [marks.stretch, "stretch"],
  ] as const;
  return [
    ...boxes.flatMap(([kind, name], i) => {
      const x = LABELS + i * 125;
      const box = { x, y: y - 10, width: 12, height: 12, fill: colours[kind] };
      return [element("rect", box), text(x + 17, y, name)];
    }),
    ...lines.flatMap(([thickness, name], i) => {
      const x = LABELS + 360 + i * 70;
      const style = { stroke: "#222", "stroke-width": thickness };
      return [line(x, y - 11, x, y + 3, style), text(x + 7, y, name)];
    }),
  ];
}
