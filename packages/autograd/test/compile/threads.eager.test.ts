import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { CELL } from "../../src/compile/runtime/threads-cells.js";
import type { Operand, Spec, Tensor } from "../../src/index.js";
import { sameBits } from "../support/bits.js";
import { steps } from "../support/threaded-steps.js";

/** Whether memory is shared is decided once, so each test has the library to itself. */
async function freshLibrary() {
  const library = await import("../../src/index.js");
  const { poolOf } = await import("../../src/compile/runtime/threads.js");
  const { engineMemory } = await import("../../src/compile/runtime/engine.js");
  const ready = async (threads: number) => {
    while (!poolOf(threads).isReady) await setTimeout(2);
  };
  /** How often workers were called. */
  const calls = (threads: number): number => {
    const { cells } = poolOf(threads).team();
    return new Int32Array(engineMemory().memory.buffer, cells)[CELL.go]!;
  };
  return { library, ready, calls };
}

const numbersOf = (values: readonly Operand[]): number[] =>
  values.flatMap((value) => Array.from(value.toTypedArray()));

/** The record of an op that does nothing, but for its `forward`. */
const copying = {
  name: "copy",
  family: "unary",
  formula: { forward: "y = x", vjp: [] },
  shape: ([x]: readonly [Spec]) => x.shape,
  dtype: ([x]: readonly [Spec]) => x.dtype,
} as const;

beforeEach(() => {
  vi.resetModules();
});

describe("a compiled step on several threads", { timeout: 30_000 }, () => {
  it.for(Object.entries(steps))("has the bits of eager execution: %s", async ([, make]) => {
    const { library, ready, calls } = await freshLibrary();
    const eager = make(library);
    const expected = numbersOf([eager.run(), eager.run(), eager.run(), ...eager.variables]);
    for (const threads of [2, 3, 1]) {
      const own = make(library);
      const step = library.compile(own.run, { threads });
      const first = step();
      if (threads > 1) await ready(threads);
      const before = calls(threads);
      const numbers = numbersOf([first, step(), step(), ...own.variables]);
      expect(numbers.findIndex((x, i) => !sameBits(x, expected[i]!))).toBe(-1);
      if (threads > 1) expect(calls(threads)).toBeGreaterThan(before);
    }
  });

  it("shares its workers and its variables with other steps of as many threads", async () => {
    const { library, ready } = await freshLibrary();
    const weight = library.variable(library.full([300, 300], 0.5));
    const product = library.compile(() => weight.matmul(weight).sum(), { threads: 2 });
    const diagonal = Float32Array.from({ length: 90_000 }, (_, i) => (i % 301 === 0 ? 2 : 0));
    const two = library.variable(library.tensor(diagonal).reshape([300, 300]));
    const double = library.compile(() => weight.assign(weight.matmul(two)), { threads: 2 });
    const first = product().item();
    double();
    await ready(2);
    expect(product().item()).toBe(4 * first);
    double();
    expect(product().item()).toBe(16 * first);
  });

  it("goes on after an op in JavaScript has thrown", async () => {
    const { library, ready } = await freshLibrary();
    let isBroken = false;
    const copy = library.defineOp<readonly [Tensor]>(
      {
        ...copying,
        forward: (out, [x]) => {
          if (isBroken) throw new RangeError("broken");
          out.data.set(x!.toTypedArray());
        },
      },
      { samples: [{ inputs: [library.tensor([1], { dtype: "float64" })] }] },
    );
    const square = library.variable(library.full([300, 300], 0.5));
    const step = library.compile(() => copy([square.matmul(square)]).matmul(square), {
      threads: 2,
    });
    const expected = step().toTypedArray();
    await ready(2);
    isBroken = true;
    expect(() => step()).toThrow("broken");
    isBroken = false;
    expect(step().toTypedArray()).toEqual(expected);
  });

  it("may compile and run other steps in the middle", async () => {
    const { library, ready } = await freshLibrary();
    const square = library.variable(library.full([300, 300], 0.5));
    let inner: (() => Tensor) | null = null;
    const probe = library.defineOp<readonly [Tensor]>(
      {
        ...copying,
        forward: (out, [x]) => {
          inner ??= library.compile(() => square.matmul(square).mul(2), { threads: 2 });
          inner();
          out.data.set(x!.toTypedArray());
        },
      },
      { samples: [{ inputs: [library.tensor([1], { dtype: "float64" })] }] },
    );
    const step = library.compile(() => probe([square.matmul(square)]).matmul(square), {
      threads: 2,
    });
    const expected = step().toTypedArray();
    inner = null;
    await ready(2);
    expect(step().toTypedArray()).toEqual(expected);
    await ready(2);
    expect(step().toTypedArray()).toEqual(expected);
  });

  it("runs on one, and warns, where no worker can be started", async () => {
    const { library } = await freshLibrary();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const forbidden = {
      Worker: class {
        constructor() {
          throw new Error("forbidden");
        }
      },
    };
    const builtin = vi.spyOn(process, "getBuiltinModule").mockReturnValue(forbidden as never);
    const { run } = steps["a perceptron"]!(library);
    const step = library.compile(run, { threads: 2 });
    const first = step().item();
    expect(step().item()).not.toBe(first);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/run on one thread: forbidden/)]]);
    warn.mockRestore();
    builtin.mockRestore();
  });
});

describe("the number of threads", () => {
  it("is set for all functions by setThreads", async () => {
    const { library, ready, calls } = await freshLibrary();
    library.setThreads(2);
    const step = library.compile(steps["a perceptron"]!(library).run);
    step();
    await ready(2);
    const before = calls(2);
    step();
    expect(calls(2)).toBeGreaterThan(before);
  });

  it("is a small whole number", async () => {
    const { library } = await freshLibrary();
    expect(() => library.setThreads(1.5)).toThrow("setThreads: threads is 1.5");
    expect(() => library.compile(() => library.tensor(1), { threads: 0 })).toThrow(
      "fix: give a whole number from 1 to 64",
    );
  });

  it("is one, with a warning, on a page that may not share memory", async () => {
    const { library } = await freshLibrary();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    vi.stubGlobal("crossOriginIsolated", false);
    const twice = library.compile(() => library.tensor([1, 2]).mul(2), { threads: 2 });
    expect(twice().toArray()).toEqual([2, 4]);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/Cross-Origin-Opener-Policy/)]]);
    vi.unstubAllGlobals();
    warn.mockRestore();
  });

  it("cannot grow once a function has run on one thread", async () => {
    const { library } = await freshLibrary();
    library.compile(() => library.tensor([1, 2]).add(1))();
    expect(() => library.setThreads(2)).toThrow(/compiled before, for one thread/);
  });
});

it("workers do not keep a process alive", { timeout: 60_000 }, () => {
  const program = fileURLToPath(new URL("../support/exits.ts", import.meta.url));
  const flags = ["--import", "tsx", "--conditions=neurite-src", program];
  const { stdout, status } = spawnSync(process.execPath, flags, { encoding: "utf8" });
  const end = Date.now();
  const [isReady, done] = stdout.trim().split(" ");
  expect([status, isReady]).toEqual([0, "true"]);
  expect(end - Number(done)).toBeLessThan(1000);
});
