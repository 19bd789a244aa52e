/** An element of an SVG file; numbers to a tenth of a pixel, text escaped. */
export function element(
  name: string,
  attributes: { readonly [name: string]: string | number },
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${show(value)}"`);
  const open = `<${name}${written.join("")}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("\n")}</${name}>`;
}

export const line = (x1: number, y1: number, x2: number, y2: number, style: Style) =>
  element("line", { x1, y1, x2, y2, ...style });

export const text = (x: number, y: number, content: string, style: Style = {}) =>
  element("text", { x, y, ...style }, escaped(content));

/** A bold word and what follows it. */
export const headed = (x: number, y: number, head: string, content: string) =>
  element("text", { x, y }, element("tspan", { "font-weight": "bold" }, head), escaped(content));

type Style = { readonly [attribute: string]: string | number };

const show = (value: string | number): string =>
  typeof value === "string" ? escaped(value) : String(Math.round(value * 10) / 10);

const escaped = (content: string): string =>
  content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
