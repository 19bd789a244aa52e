/** An element of an SVG tree; text stands among the children. */
export interface Element {
  readonly name: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

export const element = (
  name: string,
  attributes: Record<string, string | number> = {},
  children: (Element | string)[] = [],
): Element => ({
  name,
  attributes: Object.fromEntries(Object.entries(attributes).map(([key, v]) => [key, String(v)])),
  children,
});

/** Reads the regular XML that Graphviz writes; the comments before the root come along. */
export function parseXml(text: string): { root: Element; comments: string[] } {
  const top = element("document");
  const comments: string[] = [];
  const open = [top];
  for (const [token, comment, close, name, attributes, empty] of text.matchAll(TOKEN)) {
    const parent = open.at(-1)!;
    if (comment !== undefined) {
      if (open.length === 1) comments.push(decode(comment).trim());
    } else if (close !== undefined) {
      open.pop();
    } else if (name !== undefined) {
      const child = element(name, readAttributes(attributes!));
      parent.children.push(child);
      if (!empty) open.push(child);
    } else if (!token.startsWith("<") && token.trim() !== "") {
      parent.children.push(decode(token));
    }
  }
  return { root: top.children.find((child) => typeof child !== "string")!, comments };
}

const TOKEN = new RegExp(
  [
    /<!--([\s\S]*?)-->/, // a comment
    /<[?!][^>]*>/, // the declaration, the document type
    /<\/([^>\s]+)\s*>/, // an end
    /<([^\s/>]+)((?:\s+[^\s=]+="[^"]*")*)\s*(\/?)>/, // a start, perhaps an end as well
    /[^<]+/, // text
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

const readAttributes = (text: string): Record<string, string> =>
  Object.fromEntries(
    Array.from(text.matchAll(/([^\s=]+)="([^"]*)"/g), ([, name, value]) => [name!, decode(value!)]),
  );

/** Writes the tree, one element a line; text stays as it is. */
export function writeXml({ name, attributes, children }: Element): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${encode(value)}"`);
  const start = `<${name}${list.join("")}`;
  if (children.length === 0) return `${start}/>`;
  if (children.every((child) => typeof child === "string")) {
    const body = children.join("");
    return `${start}>${name === "style" ? body : encode(body)}</${name}>`;
  }
  const body = children.map((child) =>
    typeof child === "string" ? encode(child) : writeXml(child),
  );
  return `${start}>\n${body.join("\n")}\n</${name}>`;
}

/** The element and everything under it, parents first. */
export function* walk(root: Element): Generator<Element> {
  yield root;
  for (const child of root.children) if (typeof child !== "string") yield* walk(child);
}

export const elementsIn = (parent: Element): Element[] =>
  parent.children.filter((child) => typeof child !== "string");

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

const decode = (text: string): string =>
  text.replace(/&(#x?)?([0-9a-zA-Z]+);/g, (entity, kind: string | undefined, body: string) => {
    if (kind === undefined) return ENTITIES[body] ?? entity;
    return String.fromCodePoint(Number.parseInt(body, kind === "#x" ? 16 : 10));
  });

const encode = (text: string): string =>
  text
    .replace(INVALID, "\uFFFD")
    .replace(/[&<>"]/g, (c) => `&${Object.keys(ENTITIES).find((key) => ENTITIES[key] === c)};`);

const INVALID = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
