import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { grad, type Tensor, tensor, type Variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../../autograd/test/support/close.js";
import { evaluate } from "../../../autograd/test/support/evaluate.js";
import type { Module, ModuleOptions } from "../../src/index.js";
import { SGD } from "../../src/index.js";
import { checkModule } from "./functional.js";

/** A tensor in a golden file. */
export interface Packed {
  readonly shape: readonly number[];
  readonly data: readonly (number | boolean | string)[];
  readonly dtype?: "int32" | "bool";
}

type State = Readonly<Record<string, Packed>>;

interface Case {
  readonly state: State;
  readonly inputs: readonly Packed[];
  readonly outputs: readonly Packed[];
  readonly cots: readonly Packed[];
  readonly inputGradients: readonly Packed[];
  readonly gradients: State;
  readonly trained?: State;
}

type Float = "float32" | "float64";

/** How a case is built and run here. */
export interface LayerCase<M extends Module = Module> {
  /** The same module as in the script, in the dtype given. */
  make(options: Required<Pick<ModuleOptions, "dtype">>): M;
  /** By default the module is applied to all inputs and gives one tensor. */
  run?(module: M, ...inputs: Tensor[]): readonly Tensor[];
  /** To which order derivatives are checked against differences; 2 by default, 0 for not. */
  readonly order?: number;
}

/** Types the module of a case by what it makes. */
export const layerCase = <M extends Module>(one: LayerCase<M>): LayerCase =>
  one as unknown as LayerCase;

const read = (file: string): string =>
  readFileSync(new URL(`../golden/${file}`, import.meta.url), "utf8");

/** What golden/<area>.py wrote: cases of modules. */
export const readCases = (area: string): Readonly<Record<string, Case>> =>
  readGolden(area) as Readonly<Record<string, Case>>;

/** What golden/<area>.py wrote, whatever it is. */
export function readGolden(area: string): Readonly<Record<string, unknown>> {
  const { _made_by, ...cases } = JSON.parse(read(`${area}.json`));
  const text = read(`${area}.py`) + read("cases.py");
  expect(createHash("sha256").update(text).digest("hex")).toBe(_made_by.sha256);
  return cases;
}

/**
 * Every case of golden/<area>.json: values, gradients and five steps of training as in PyTorch
 * (1e-10 in float64, 1e-5 in float32, of the largest element), and derivatives against differences.
 */
export function describeCases(area: string, made: Readonly<Record<string, LayerCase>>): void {
  const cases = readCases(area);
  it(`are those that ${area}.py wrote`, () => {
    expect(Object.keys(made).sort()).toEqual(Object.keys(cases).sort());
  });
  describe.each(Object.keys(cases))("%s", (name) => {
    const kept = cases[name]!;
    const { make, run = plainly, order = 2 } = made[name]!;
    const tolerances: readonly [Float, number][] = [
      ["float64", 1e-10],
      ["float32", 1e-5],
    ];
    const loaded = (dtype: Float): Module => {
      const module = make({ dtype });
      const state = mapValues(kept.state, (packed) => unpack(packed, dtype));
      module.loadStateDict(state, { naming: "torch" });
      return module;
    };

    it.each(tolerances)("has PyTorch's values and gradients in %s", (dtype, rtol) => {
      const module = loaded(dtype);
      const inputs = kept.inputs.map((packed) => unpack(packed, dtype));
      const cots = kept.cots.map((packed) => unpack(packed, dtype));
      const parameters = [...module.namedParameters()];
      const found = evaluate(
        (...given: Tensor[]) => {
          const own = given.map((input) => input.alias());
          const outputs = run(module, ...own);
          const floats = own.filter(isFloat);
          const by = [...floats, ...parameters.map(([, p]) => p)];
          const gradients = by.length > 0 ? grad(total(outputs, cots), by) : [];
          return [...outputs, ...gradients];
        },
        ...inputs,
      );
      const expected = [
        ...kept.outputs,
        ...kept.inputGradients,
        ...parameters.map(([path]) => kept.gradients[module.torchName(path)!]!),
      ];
      for (const [i, packed] of expected.entries()) expectPacked(found[i]!, packed, rtol);
    });

    if (order > 0) {
      it("has the derivatives that differences give", () => {
        const module = loaded("float64");
        const inputs = kept.inputs.map((packed) => unpack(packed, "float64"));
        const cots = kept.cots.map((packed) => unpack(packed, "float64"));
        const fixed = inputs.map((input) => (isFloat(input) ? null : input));
        const filled = (floats: readonly Tensor[]): Tensor[] => {
          const next = floats.values();
          return fixed.map((input) => input ?? next.next().value!);
        };
        checkModule(
          module,
          (...floats) => total(run(module, ...filled(floats)), cots),
          inputs.filter(isFloat),
          order,
        );
      });
    }

    if (kept.trained === undefined) return;
    it.each(tolerances)("learns as PyTorch does in %s", (dtype, rtol) => {
      const module = loaded(dtype);
      const inputs = kept.inputs.map((packed) => unpack(packed, dtype));
      const cots = kept.cots.map((packed) => unpack(packed, dtype));
      const optimizer = new SGD(module.parameters(), { learningRate: 0.05 });
      for (let step = 0; step < 5; step++) {
        evaluate(
          (...given: Tensor[]) => {
            optimizer.zeroGrad();
            const outputs = run(module, ...given);
            const squares = outputs.map((y) => y.square().sum().mul(0.05));
            const loss = squares.reduce((a, b) => a.add(b), total(outputs, cots));
            loss.backward();
            optimizer.step();
            return loss;
          },
          ...inputs,
        );
      }
      const trained = module.stateDict({ naming: "torch" });
      for (const [key, packed] of Object.entries(kept.trained!)) {
        expectPacked(trained[key]!, packed, rtol * 5);
      }
    });
  });
}

const plainly = (module: Module, ...inputs: Tensor[]): readonly Tensor[] => [
  module.apply(...(inputs as never[])) as Tensor,
];

const isFloat = ({ dtype }: Tensor | Variable): boolean => dtype.startsWith("float");

const total = (outputs: readonly Tensor[], cots: readonly Tensor[]): Tensor =>
  outputs.map((y, i) => y.mul(cots[i]!).sum()).reduce((a, b) => a.add(b));

const mapValues = <V, W>(all: Readonly<Record<string, V>>, f: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key, f(value)]));

/** A tensor of a golden file; what is not an integer or a boolean gets the dtype given. */
export function unpack({ shape, data, dtype }: Packed, float: Float): Tensor {
  return tensor(data.map(Number), { shape, dtype: dtype ?? float });
}

/** Asserts agreement relative to each element and to the largest of them. */
export function expectPacked(actual: Tensor, packed: Packed, rtol: number): void {
  const expected = unpack(packed, "float64");
  const largest = Math.max(0, ...packed.data.map(Number).filter(Number.isFinite).map(Math.abs));
  expectClose(packed.dtype ? actual : actual.cast("float64"), expected, {
    rtol,
    atol: rtol * largest,
  });
}
