import { describe, expect, it } from "vitest";
import { palettes } from "../src/drawing/palette.js";

/** The contrast ratio of WCAG 2.2 between two colours, from 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe.each(Object.entries(palettes))("the %s theme", (_, palette) => {
  it("draws every line at 3:1 or more on its ground", () => {
    const { levels, line, frame, zero, broken } = palette;
    for (const colour of [...levels, line, frame, zero, broken]) {
      expect(contrast(colour, palette.ground)).toBeGreaterThanOrEqual(3);
    }
  });

  it("draws every border at 3:1 or more on its fill", () => {
    for (const fill of Object.values(palette.fills)) {
      expect(contrast(palette.line, fill)).toBeGreaterThanOrEqual(3);
    }
  });

  it("writes all text at 4.5:1 or more", () => {
    for (const fill of [palette.ground, ...Object.values(palette.fills)]) {
      expect(contrast(palette.text, fill)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("gives larger gradients more contrast", () => {
    const ratios = palette.levels.map((colour) => contrast(colour, palette.ground));
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
  });
});
