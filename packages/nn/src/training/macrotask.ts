/** Well below the 50 ms at which a page begins to feel stuck. */
const longest = 25;

/**
 * Makes a function to call often from a long computation: it returns a promise to await when other
 * tasks (signals, timers, drawing) have waited for 25 ms, and otherwise nothing.
 */
export function breather(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < longest) return undefined;
    return macrotask().then(() => {
      last = performance.now();
    });
  };
}

const macrotask = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve);
  });
