/**
 * Wrong rules that compute what the right ones do, so that nothing could catch them: by op, what
 * they are called and why they are right after all.
 */
const known: Readonly<Record<string, readonly (readonly [mutant: RegExp, why: string])[]>> = {
  ...Object.fromEntries(
    ["ceil", "floor", "round", "sign", "trunc"].map((name) => [
      name,
      [[/negated|doubled|hundredth|dropped|detached/, "the slope is 0, whatever is done to it"]],
    ]),
  ),
  acos: [[/abs 1|where 1: only its input 2/, "differs at 1 and -1 in the second order: infinite"]],
  asin: [[/abs 1|where 1: only its input 2/, "as acos"]],
  atanh: [[/abs 1|where 1: only its input 2/, "as acos"]],
  fmod: [[/round 1/, "takes the last digits off a whole number"]],
  pow: [[/abs 1/, "differs for a negative base to the power 0, where 0 times either slope is 0"]],
  relu: [[/the output for the inputs/, "the output is positive where the input is"]],
  remainder: [[/round 1/, "takes the last digits off a whole number"]],
};

export const isEquivalent = (op: string, mutant: string): boolean =>
  known[op]?.some(([pattern]) => pattern.test(mutant)) ?? false;
