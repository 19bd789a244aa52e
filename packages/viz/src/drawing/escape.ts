/** The longest row of a node; the whole text is in the tooltip. */
const LONGEST_ROW = 80;

/**
 * Text for a quoted string of DOT. Every backslash is doubled, since `\N`, `\G` and others would
 * expand, and `&` is written as an entity, since entities would be decoded. What XML cannot hold
 * (control characters, lone surrogates, noncharacters) becomes U+FFFD.
 */
export const escapeText = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNPRINTABLE, "\uFFFD")
    .replace(/[\\"]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/\n/g, "\\n");

/** Text for one row of a record, where braces, bars and angle brackets are syntax as well. */
export const escapeRow = (text: string): string =>
  escapeText(text)
    .replace(/[{}|<>]/g, "\\$&")
    .replace(/ (?= )/g, "\\ ");

/** Cuts text that is too long for a row. */
export function clip(text: string, longest = LONGEST_ROW): string {
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

/** Text that may stand in an id: letters, digits and dashes. */
export const slug = (text: string): string =>
  text.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "graph";

const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
