import type { History } from "../history.js";

/** Runners such as npm pass on the signal that the terminal has sent already: milliseconds. */
const echo = 500;

/**
 * Runs `body` with a signal that the first Ctrl-C aborts, or `outer`. With `"exit"` the process is
 * then sent the interrupt again, which by now nobody holds up.
 */
export async function withInterrupt(
  mode: "exit" | "return" | false,
  outer: AbortSignal | undefined,
  body: (signal: AbortSignal | undefined) => Promise<History>,
): Promise<History> {
  if (mode === false) return body(outer);
  const controller = new AbortController();
  let heard = 0;
  const onInterrupt = () => {
    if (!controller.signal.aborted) {
      heard = performance.now();
      controller.abort();
    } else if (performance.now() - heard > echo) interruptNow();
  };
  const interruptNow = () => {
    process.off("SIGINT", onInterrupt);
    process.kill(process.pid, "SIGINT");
  };
  process.on("SIGINT", onInterrupt);
  try {
    const signals = outer ? [outer, controller.signal] : [controller.signal];
    return await body(AbortSignal.any(signals));
  } finally {
    process.off("SIGINT", onInterrupt);
    // Whoever else listens has been told already.
    const isLast = process.listenerCount("SIGINT") === 0;
    if (mode === "exit" && controller.signal.aborted && isLast) {
      interruptNow();
      await new Promise((resolve) => setTimeout(resolve, 1000)); // the signal comes first
    }
  }
}
