import { readFileSync } from "node:fs";
import { type Nested, type Operand, type Tensor, tensor } from "@neurite/autograd";
import { expectClose } from "../../../autograd/test/support/close.js";

type Numbers = number | readonly Numbers[];
type Named = Readonly<Record<string, Numbers>>;

/** A value at some inputs, and its gradients by them. */
interface Loss {
  readonly input: Numbers;
  readonly target: Numbers;
  readonly value: number;
  readonly gradients: { readonly input: Numbers };
}

interface Run {
  readonly class: "SGD" | "RMSprop" | "Adam";
  readonly options: Readonly<Record<string, number | boolean | readonly [number, number]>>;
  /** The parameter after every step. */
  readonly steps: readonly Numbers[];
}

interface Golden {
  readonly _made_by: { readonly script: string; readonly sha256: string; readonly torch: string };
  readonly linear: Record<"weight" | "bias" | "input" | "out" | "cot", Numbers> & {
    readonly gradients: Named;
  };
  readonly lstm: Record<"x" | "h0" | "c0" | "out" | "h_n" | "c_n" | "cot", Numbers> & {
    readonly weights: Named;
    readonly gradients: Named;
    readonly cotOfStates: Named;
    readonly gradientsWithStates: Named;
  };
  readonly lstmCell: Record<"x" | "h" | "c" | "hNext" | "cNext", Numbers> & {
    readonly weights: Named;
    readonly cot: Named;
    readonly gradients: Named;
  };
  readonly losses: Readonly<Record<string, Loss>>;
  readonly optimizers: {
    readonly start: Numbers;
    readonly gradients: readonly Numbers[];
    readonly runs: Readonly<Record<string, Run>>;
  };
  readonly initialisers: Readonly<Record<string, number>>;
  readonly training: {
    readonly initial: Named;
    readonly x: Numbers;
    readonly y: Numbers;
    readonly lossBeforeEachStep: readonly number[];
    readonly lossAtTheEnd: number;
    readonly final: Named;
  };
}

const read = (file: string): string =>
  readFileSync(new URL(`../golden/${file}`, import.meta.url), "utf8");

/** What PyTorch computes: written by golden/torch.py. */
export const golden = JSON.parse(read("torch.json")) as Golden;

export const script = read("torch.py");

/** Numbers of the file as a float64 tensor. */
export const float64 = (numbers: Numbers): Tensor => tensor(numbers, { dtype: "float64" });

/** Asserts agreement with the file, relative to each element and to the largest of them. */
export function expectGolden(actual: Operand | Nested, expected: Numbers, rtol = 1e-10): void {
  const largest = Math.max(...float64(expected).toTypedArray().map(Math.abs));
  expectClose(actual, expected as Nested, { rtol, atol: rtol * largest });
}
