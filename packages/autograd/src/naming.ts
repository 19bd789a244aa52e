// An error names the function that its user called, not the primitive inside that noticed: the
// outermost public function that is made of others keeps its name here while it runs.
let current: string | undefined;

/** The function that is running, if it is made of others. */
export const runningFunction = (): string | undefined => current;

/** Runs the body of a function on these arguments; errors in it name the function. */
export function named<X extends readonly unknown[], Y>(
  name: string | undefined,
  body: (...x: X) => Y,
  ...x: X
): Y {
  if (current !== undefined || name === undefined) return body(...x);
  current = name;
  try {
    return body(...x);
  } finally {
    current = undefined;
  }
}

/** Runs what speaks for itself: an error in it names what it says. */
export function unnamed<Y>(body: () => Y): Y {
  const outer = current;
  current = undefined;
  try {
    return body();
  } finally {
    current = outer;
  }
}
