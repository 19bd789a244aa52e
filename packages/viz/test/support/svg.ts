import { DOMParser, type Document, type Element } from "@xmldom/xmldom";

/** Parses strictly: anything that is not well-formed XML throws. */
export function parseSvg(svg: string): Document {
  return new DOMParser({
    onError: (level, message) => {
      if (level !== "warning") throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(svg, "image/svg+xml");
}

/** The elements of a name, if given with this class. */
export function elements(root: Document | Element, name: string, className?: string): Element[] {
  return Array.from(root.getElementsByTagName(name)).filter(
    (element) =>
      className === undefined ||
      (element.getAttribute("class") ?? "").split(" ").includes(className),
  );
}

/** The groups of the drawing itself: those in the legend have no id. */
export const drawn = (root: Document, className: "node" | "edge" | "cluster"): Element[] =>
  elements(root, "g", className).filter((group) => group.hasAttribute("id"));

export const texts = (root: Document | Element): string[] =>
  elements(root, "text").map((text) => text.textContent ?? "");
