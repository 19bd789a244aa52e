/**
 * The special functions as eager execution calls them, number by number in one loop for all, beside
 * those of JavaScript. Both give the same numbers, to a few units in the last place, before any
 * timing. float32 means operation by operation, rounded each time.
 */
import { ops } from "@neurite/autograd";
import type { Section } from "../harness/result.js";
import { median } from "../harness/statistics.js";

type Numeric = (x: number, y: number, z: number) => number;

/** JavaScript's function and the range that its arguments are drawn from. */
const peers: { readonly [name: string]: readonly [peer: Numeric, low: number, high: number] } = {
  exp: [Math.exp, -5, 5],
  expm1: [Math.expm1, -5, 5],
  log: [Math.log, 0, 10],
  log1p: [Math.log1p, -1, 5],
  log2: [Math.log2, 0, 10],
  sin: [Math.sin, -20, 20],
  cos: [Math.cos, -20, 20],
  tan: [Math.tan, -20, 20],
  asin: [Math.asin, -1, 1],
  acos: [Math.acos, -1, 1],
  atan: [Math.atan, -5, 5],
  atan2: [Math.atan2, -5, 5],
  sinh: [Math.sinh, -5, 5],
  cosh: [Math.cosh, -5, 5],
  tanh: [Math.tanh, -5, 5],
  asinh: [Math.asinh, -5, 5],
  acosh: [Math.acosh, 1, 10],
  atanh: [Math.atanh, -1, 1],
  pow: [Math.pow, 0, 5],
};

const COUNT = 4096;
const ROUNDS = 40;

let state = 1;
function uniform(low: number, high: number): number {
  state = (state * 16807) % 2147483647;
  return low + ((high - low) * state) / 2147483647;
}

type Floats = Float64Array | Float32Array;

function drawn(x: Floats, low: number, high: number): Floats {
  for (let i = 0; i < COUNT; i++) x[i] = uniform(low, high);
  return x;
}

/** The loop of eager execution: it sees every function, as there. */
function run(f: Numeric, x: Floats, y: Floats, out: Floats): void {
  for (let i = 0; i < COUNT; i++) out[i] = f(x[i]!, y[i]!, 0);
}

const time = (job: () => void): number => {
  const start = performance.now();
  job();
  return ((performance.now() - start) * 1e6) / COUNT;
};

const casesOf = () =>
  Object.entries(peers).flatMap(([name, [peer, low, high]]) => {
    // float32 has a function of its own where it is defined operation by operation.
    const op: { readonly scalar?: Numeric; readonly single?: Numeric } =
      ops[name as keyof typeof ops];
    return [Float64Array, Float32Array].map((Floats) => {
      const draw = () => drawn(new Floats(COUNT), low, high);
      const ours = (Floats === Float32Array ? op.single : undefined) ?? op.scalar!;
      const [x, y] = [draw(), draw()];
      const [a, b] = [new Floats(COUNT), new Floats(COUNT)];
      run(ours, x, y, a);
      run(peer, x, y, b);
      const worst = Math.max(...Array.from(a, (value, i) => Math.abs(value / b[i]! - 1)));
      const epsilon = Floats === Float32Array ? 2 ** -23 : 2 ** -52;
      if (worst > 4 * epsilon) throw new Error(`${name} differs by ${worst / epsilon} epsilons`);
      return { name, jobs: [() => run(ours, x, y, a), () => run(peer, x, y, b)] };
    });
  });

function printTimes(): void {
  const cases = casesOf();
  const rounds = Array.from({ length: ROUNDS }, () => cases.map(({ jobs }) => jobs.map(time)));
  const warm = rounds.slice(ROUNDS / 4);
  console.log("ns a number      float64  Math  ratio    float32  Math  ratio");
  for (const [i, { name }] of cases.entries()) {
    if (i % 2 === 1) continue;
    const columns = [i, i + 1].map((column) => {
      const [ours, peer] = [0, 1].map((side) => median(warm.map((round) => round[column]![side]!)));
      const ratio = median(warm.map((round) => round[column]![0]! / round[column]![1]!));
      const show = (value: number) => value.toFixed(1).padStart(6);
      return `${show(ours!)}${show(peer!)}${ratio.toFixed(2).padStart(7)}`;
    });
    console.log(name.padEnd(17), columns.join("    "));
  }
}

export const specialFunctions: Section = {
  id: "functions",
  title: "special functions, eager, beside Math",
  async run() {
    printTimes();
    return { timings: [], rows: [] };
  },
};
