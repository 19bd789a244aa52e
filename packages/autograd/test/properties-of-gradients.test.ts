import { assert, integer, property, tuple } from "fast-check";
import { describe, test } from "vitest";
import { checkpoint, concat, grad, stack, type Tensor, tensor, vmap } from "../src/index.js";
import { expectClose, expectSame } from "./support/close.js";
import { awayFromZero, drawn, stream } from "./support/draw.js";
import { evaluate } from "./support/evaluate.js";
import { gradientsOf, lossOf, tensorsOf } from "./support/programs/checks.js";
import { type Program, programs } from "./support/programs/program.js";

// Laws that hold whatever the numbers: of random programs, and of a layer of neurons.

type Loss = (...x: Tensor[]) => Tensor;

const works = ({ isTame, steps }: Program) => isTame && steps.length > 0 && !steps.at(-1)!.fails;

/** Holds a law against the losses of random programs. */
const check = (law: (loss: Loss, x: Tensor[], program: Program) => void) =>
  assert(
    property(programs.filter(works), (program) => {
      law(lossOf(program), tensorsOf(program), program);
    }),
    { numRuns: 30, seed: 20260103 },
  );

function expectAllSame(actual: readonly Tensor[], expected: readonly Tensor[]): void {
  for (const [i, y] of actual.entries()) expectSame(y, expected[i]!);
}

describe("the gradient of a random program", () => {
  test("is linear: of 2f − 3g it is 2∇f − 3∇g", () => {
    check((f, x, program) => {
      const g = lossOf(program, 1);
      const both = evaluate(
        gradientsOf((...x) =>
          f(...x)
            .mul(2)
            .sub(g(...x).mul(3)),
        ),
        ...x,
      );
      const [ofF, ofG] = [evaluate(gradientsOf(f), ...x), evaluate(gradientsOf(g), ...x)];
      for (const [i, gradient] of both.entries()) {
        const apart = ofF[i]!.mul(2).sub(ofG[i]!.mul(3));
        const largest = Math.max(
          1,
          ...[ofF[i]!, ofG[i]!].flatMap((x) => [...x.abs().toTypedArray()]),
        );
        expectClose(gradient, apart, { atol: 1e-10 * largest });
      }
    });
  });

  test("is the same to the bit if what lies between is computed again", () => {
    check((loss, x) => {
      const again = gradientsOf(checkpoint(loss));
      expectAllSame(evaluate(again, ...x), evaluate(gradientsOf(loss), ...x));
    });
  });

  test("of a sum over examples is that of each", () => {
    check((loss, x) => {
      const examples = [x, x.map((input) => input.mul(0.99))];
      const batch = x.map((_, i) => stack(examples.map((one) => one[i]!)));
      const all = evaluate(
        gradientsOf((...batch) => vmap(loss)(...batch).sum()),
        ...batch,
      );
      for (const [i, one] of examples.entries()) {
        const alone = evaluate(gradientsOf(loss), ...one);
        expectAllSame(
          all.map((gradient) => gradient.slice(i)),
          alone,
        );
      }
    });
  });

  test("is that after steps that change nothing", () => {
    const nothing: readonly ((x: Tensor) => Tensor)[] = [
      (x) => x.sub(0),
      (x) => x.mul(1),
      (x) => x.neg().neg(),
      (x) => x.reshape([x.size]).reshape(x.shape),
      (x) => x.transpose().transpose(),
      (x) => x.flip().flip(),
    ];
    check((loss, x) => {
      const expected = evaluate(gradientsOf(loss), ...x);
      for (const same of nothing) {
        expectAllSame(
          evaluate(
            gradientsOf((...x) => loss(...x.map(same))),
            ...x,
          ),
          expected,
        );
      }
    });
  });
});

describe("a layer of neurons", () => {
  const layer = (x: Tensor, w: Tensor) => x.matmul(w).tanh();
  const sizes = tuple(integer({ min: 1, max: 6 }), integer({ min: 1, max: 6 }), integer());

  const each = (law: (x: Tensor, other: Tensor, w: Tensor, random: () => number) => void) =>
    assert(
      property(sizes, ([examples, width, seed]) => {
        const random = stream(String(seed));
        const of = (...shape: number[]) => drawn(shape, awayFromZero, random);
        law(of(examples, width), of(3, width), of(width, 2), random);
      }),
      { numRuns: 40, seed: 20260104 },
    );

  test("does not mind the order of the examples", () => {
    each((x, _, w, random) => {
      const order = x.shape
        .slice(0, 1)
        .flatMap((side) => Array.from({ length: side }, (_, i) => i));
      order.sort(() => random() - 0.5);
      const index = tensor(order, { dtype: "int32" });
      expectSame(
        evaluate((x, w) => layer(x.indexSelect(index, 0), w), x, w),
        evaluate((x, w) => layer(x, w).indexSelect(index, 0), x, w),
      );
    });
  });

  test("loses on two batches what it loses on each, and learns the same", () => {
    each((x, other, w) => {
      const loss = (x: Tensor, w: Tensor) => layer(x, w).square().sum();
      const learn = (x: Tensor, w: Tensor) => grad(loss, { argument: 1 })(x, w);
      const both = (f: typeof loss) => evaluate((x, y, w) => f(concat([x, y]), w), x, other, w);
      const apart = (f: typeof loss) => evaluate((x, y, w) => f(x, w).add(f(y, w)), x, other, w);
      for (const f of [loss, learn]) expectClose(both(f), apart(f), { rtol: 1e-12, atol: 1e-12 });
    });
  });
});
