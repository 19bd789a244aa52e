import fc from "fast-check";
import { describe, test } from "vitest";
import {
  deserialize,
  NeuriteError,
  replay,
  scalar,
  serialize,
  type Tensor,
  trace,
} from "../src/index.js";
import { bytesOfHeader, type Entry, edited, example } from "./support/graph-files.js";
import { float64 } from "./support/values.js";

describe("no bytes do anything but load or be refused by a NeuriteError", () => {
  const traced = (): Uint8Array => {
    const w = scalar(0.5);
    const step = (x: Tensor) => {
      const loss = w.mul(x).square().sum();
      loss.backward();
      w.assign(w.sub(w.grad!.mul(0.1)));
      return loss;
    };
    return serialize(trace(step, float64([1, 2])).graph);
  };
  const files = { eager: example(), traced: traced() };

  const loadsOrRefuses = (file: Uint8Array): void => {
    try {
      const graph = deserialize(file);
      if (graph && "captures" in graph) replay(graph as never, [float64([1, 2])]);
      serialize(graph);
    } catch (error) {
      if (!(error instanceof NeuriteError)) throw error;
    }
  };

  describe.each(Object.entries(files))("%s", (_, file) => {
    test("a byte changed", () => {
      const place = fc.oneof(fc.nat(file.length - 1), fc.nat(bytesOfHeader(file) + 7));
      fc.assert(
        fc.property(place, fc.nat(255), (at, byte) => loadsOrRefuses(file.with(at, byte))),
        { numRuns: 500 },
      );
    });

    test("cut off", () => {
      fc.assert(
        fc.property(fc.nat(file.length), (end) => loadsOrRefuses(file.subarray(0, end))),
        { numRuns: 100 },
      );
    });

    test("a part of the header replaced by other JSON", () => {
      const other = fc.oneof(
        fc.constantFrom<unknown>(null, true, -1, 0.5, 1e300, 2 ** 31, "", "NaN", "v0", "mul"),
        fc.nat(9),
        fc.array(fc.nat(4), { maxLength: 3 }),
        fc.constant({}),
      );
      fc.assert(
        fc.property(fc.double({ min: 0, max: 1, noNaN: true }), other, (at, value) =>
          loadsOrRefuses(edited(file, (header) => replacePart(header, at, value))),
        ),
        { numRuns: 1_000 },
      );
    });
  });

  test("bytes at random", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), loadsOrRefuses), { numRuns: 200 });
  });
});

/** Replaces the part that is so far (from 0 to 1) into all parts of nested data. */
function replacePart(data: object, at: number, value: unknown): void {
  const parts: [owner: Entry, name: string][] = [];
  const visit = (owner: Entry) => {
    for (const [name, part] of Object.entries(owner)) {
      parts.push([owner, name]);
      if (typeof part === "object" && part !== null) visit(part as Entry);
    }
  };
  visit(data as Entry);
  const [owner, name] = parts[Math.floor(at * (parts.length - 1))]!;
  owner[name] = value;
}
