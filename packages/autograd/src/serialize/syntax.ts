const SPACE = /[ \t\n\r]*/y;
const ATOM = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Where the match of a sticky expression ends; `at` itself if there is none. */
function skip(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}

/**
 * Where a text stops being JSON (RFC 8259): `JSON.parse` refuses it, but does not say where in all
 * engines. Runs without recursion.
 */
export function syntaxErrorAt(text: string): number {
  /** The brackets that are open. */
  const open: ("{" | "[")[] = [];
  let expected: "value" | "first" | "key" | "next" = "value";
  let at = skip(SPACE, text, 0);
  for (; at < text.length; at = skip(SPACE, text, at)) {
    const found = text[at]!;
    const inside = open.at(-1);
    if (expected === "next") {
      if (inside && found === CLOSING[inside]) open.pop();
      else if (inside && found === ",") expected = inside === "{" ? "key" : "value";
      else return at;
      at++;
    } else if (expected === "first" && found === CLOSING[inside!]) {
      open.pop();
      expected = "next";
      at++;
    } else if (inside === "{" && expected !== "value") {
      const key = stringAt(text, at);
      if (!key.isWhole) return key.end;
      at = skip(SPACE, text, key.end);
      if (text[at] !== ":") return at;
      expected = "value";
      at++;
    } else if (found === "{" || found === "[") {
      open.push(found);
      expected = "first";
      at++;
    } else {
      const { end, isWhole } = found === '"' ? stringAt(text, at) : atomAt(text, at);
      if (!isWhole) return end;
      expected = "next";
      at = end;
    }
  }
  return at;
}

const CLOSING = { "{": "}", "[": "]" } as const;

/** Where a string or another value ends, and whether it is whole or goes wrong there. */
interface Extent {
  readonly end: number;
  readonly isWhole: boolean;
}

function stringAt(text: string, at: number): Extent {
  if (text[at] !== '"') return { end: at, isWhole: false };
  let end = at + 1;
  while (end < text.length && text[end] !== '"') {
    const next = text[end] === "\\" ? skip(ESCAPE, text, end) : end + 1;
    if (next === end || text[end]! < " ") return { end, isWhole: false };
    end = next;
  }
  return end < text.length ? { end: end + 1, isWhole: true } : { end, isWhole: false };
}

function atomAt(text: string, at: number): Extent {
  const end = skip(ATOM, text, at);
  return { end, isWhole: end > at };
}
