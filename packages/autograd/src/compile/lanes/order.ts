/** What the roots are made of, operands first, without what is known already; no recursion. */
export function inOrder<X>(
  roots: readonly X[],
  inputsOf: (x: X) => readonly X[],
  isKnown: (x: X) => boolean = () => false,
): X[] {
  const order = new Set<X>();
  const isMissing = (x: X) => !order.has(x) && !isKnown(x);
  const open = roots.toReversed();
  while (open.length > 0) {
    const x = open.at(-1)!;
    const missing = isMissing(x) ? inputsOf(x).filter(isMissing) : [];
    open.push(...missing.reverse());
    if (missing.length > 0) continue;
    open.pop();
    if (isMissing(x)) order.add(x);
  }
  return [...order];
}
