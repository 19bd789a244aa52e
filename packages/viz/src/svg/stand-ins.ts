/**
 * Graphviz measures text byte by byte and warns at every character beyond ASCII. So those are
 * replaced before the layout by a mark and a letter of about their width, and put back afterwards.
 */
export interface StandIns {
  readonly text: string;
  restore(text: string): string;
}

/** Narrow, and neither syntax in DOT nor an entity in XML. If the text has it, it is coded too. */
const MARK = "`";
const NARROW = "ijltfrIcskvxyz";
const WIDE = "ABEKPSVXYCDHNRUGOQMWadeghmnopquwFJLTZ";
const ALL = NARROW + WIDE;

/** Codes are one letter after one mark, then two letters after two marks: 2,652 characters. */
export function withStandIns(dot: string): StandIns {
  const codes = new Map<string, string>();
  const restored = new Map<string, string>();
  const text = dot.replace(/[^\0-\x7e]|`/gu, (character) => {
    let code = codes.get(character);
    if (code === undefined) {
      code = codeFor(character, restored);
      codes.set(character, code);
      restored.set(code, character);
    }
    return code;
  });
  return {
    text,
    restore: (svg) =>
      svg.replace(/`(?:`[A-Za-z]{2}|[A-Za-z])/g, (code) => restored.get(code) ?? code),
  };
}

function codeFor(character: string, taken: ReadonlyMap<string, string>): string {
  const letters = isNarrow(character) ? NARROW + WIDE : WIDE + NARROW;
  for (const letter of letters) if (!taken.has(MARK + letter)) return MARK + letter;
  for (const first of ALL) {
    for (const second of ALL) {
      const code = MARK + MARK + first + second;
      if (!taken.has(code)) return code;
    }
  }
  return "?";
}

/** Latin, Greek and Cyrillic letters, operators and dashes; ideographs and emoji are wide. */
const isNarrow = (character: string): boolean => character.codePointAt(0)! < 0x2e80;
