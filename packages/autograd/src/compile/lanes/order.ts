/** What the roots are made of, operands first, without what is known already; no recursion. */
export function inOrder<X>(
  roots: readonly X[],
  inputsOf: (x: X) => readonly X[],
  isKnown: (x: X) => boolean = () => false,
): X[] {
  const order = new Set<X>();
  const open = roots.toReversed();
  while (open.length > 0) {
    const x = open[open.length - 1]!;
    const before = open.length;
    if (!order.has(x) && !isKnown(x)) {
      const inputs = inputsOf(x);
      for (let i = inputs.length - 1; i >= 0; i--) {
        const input = inputs[i]!;
        if (!order.has(input) && !isKnown(input)) open.push(input);
      }
      if (open.length > before) continue;
      order.add(x);
    }
    open.pop();
  }
  return [...order];
}
