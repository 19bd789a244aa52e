import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { webAssembly } from "../../src/compile/runtime/web-assembly.js";

let warnings: string[] = [];

beforeEach(() => {
  warnings = [];
  vi.resetModules();
  vi.spyOn(console, "warn").mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetModules();
});

/** Loads neurite where WebAssembly is this, and takes two steps in two compiled functions. */
async function stepsWith(api: object | undefined) {
  vi.stubGlobal("WebAssembly", api);
  const { compile, scalar, tensor } = await import("../../src/index.js");
  const w = scalar(1);
  const step = compile(() => {
    w.square().backward();
    w.assign(w.sub(w.grad!.mul(0.25)));
    w.zeroGrad();
    return w.leaf;
  });
  const other = compile(() => tensor(1).add(2));
  const values = [step().item(), step().item(), other().item()];
  return { values, step };
}

const real = webAssembly!;

/** WebAssembly but for one of its parts. */
const but = (own: object) => ({ Memory: real.Memory, Instance: real.Instance, ...own });

describe("a compiled function runs eagerly, with one warning,", () => {
  test.each<[string, object | undefined, string]>([
    ["where there is no WebAssembly", undefined, "there is no WebAssembly here"],
    [
      "where it has no SIMD",
      but({ Module: real.Module, validate: () => false }),
      "this WebAssembly has no SIMD instructions",
    ],
    [
      "where a policy forbids to compile",
      but({
        validate: () => true,
        Module: class {
          constructor() {
            throw new EvalError("refused by the Content-Security-Policy");
          }
        },
      }),
      "compiling WebAssembly is forbidden (refused by the Content-Security-Policy)",
    ],
  ])("%s", async (_, api, reason) => {
    const { values, step } = await stepsWith(api);
    expect(values).toEqual([0.5, 0.25, 3]);
    expect(step.traces).toBe(0);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`compile: ${reason}: compiled functions run eagerly`);
    expect(warnings[0]).toContain("fix: allow it");
  });

  test("and not where WebAssembly is whole", async () => {
    const { values, step } = await stepsWith(real);
    expect(values).toEqual([0.5, 0.25, 3]);
    expect(step.traces).toBe(1);
    expect(warnings).toEqual([]);
  });
});
