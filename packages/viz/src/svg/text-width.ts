/** About how wide a text is in Arial, in units of the font size. */
export const textWidth = (text: string): number =>
  Array.from(text).reduce((width, character) => width + widthOf(character), 0);

function widthOf(character: string): number {
  if (/[ijl|'`]/.test(character)) return 0.24;
  if (/[ftrI.,:;!/\\[\]() -]/.test(character)) return 0.31;
  if (/[mwMW@%]/.test(character)) return 0.88;
  return /[A-Z\u2e80-\u{10ffff}]/u.test(character) ? 0.72 : 0.556;
}
