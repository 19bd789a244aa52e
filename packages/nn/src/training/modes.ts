import type { Model } from "./model.js";

/** Remembers which modules are in training mode; what it returns puts them back. */
export function keepModes(model: Model): () => void {
  const modes = Array.from(
    model.namedModules(),
    ([, module]) => [module, module.training] as const,
  );
  // Parents come first, so that a child's own mode has the last word.
  return () => {
    for (const [module, training] of modes) module.train(training);
  };
}
