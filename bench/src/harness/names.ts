/** What our ways to run a program are called in results; peers are called by their own names. */
export const OURS = "neurite";
export const EAGER = "neurite, eager";
export const TWO_THREADS = "neurite, 2 threads";

/** "eager" for "neurite, eager"; nothing for the compiled program, which is meant by default. */
export const variantOf = (name: string): string =>
  name === OURS ? "" : name.replace(`${OURS}, `, "");
