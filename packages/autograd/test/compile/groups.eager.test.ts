import { describe, test } from "vitest";
import { compile, grad, type Tensor, tensor } from "../../src/index.js";
import { expectSame } from "../support/close.js";

const x = tensor([0.5, -1.5, 2, 0.25]);

function expectCompiled(f: (x: Tensor) => Tensor[]): void {
  const compiled = compile(f);
  for (const [i, y] of compiled(x).entries()) expectSame(y, f(x)[i]!);
}

describe("groups of operations", () => {
  test("never wait for each other, even if the way round leads through an old group", () => {
    // `late` may not join `other`: it reads `sorted`, whose input's group has since come to need
    // what is computed from `other`.
    expectCompiled((x) => {
      const first = x.sin();
      const sorted = first.sort(0);
      const other = x.cos();
      const second = first.add(other.sort(0));
      const late = other.add(sorted);
      return [sorted, second, late];
    });
  });

  const links: Record<string, (x: Tensor, y: Tensor) => Tensor> = {
    "multiplied and added": (x, y) => y.mul(0.5).add(x),
    "taken the sine of": (_, y) => y.sin(),
    "summed from the left": (_, y) => y.mul(0.5).cumsum(0),
    sorted: (_, y) => y.neg().sort(0),
    "divided by their sum": (_, y) => y.div(y.sum()),
  };

  test.each(Object.entries(links))("hold what is %s a thousand times", (_, link) => {
    const chain = (x: Tensor): Tensor => {
      let y = x;
      for (let i = 0; i < 1000; i++) y = link(x, y);
      return y;
    };
    expectCompiled((x) => {
      const own = x.alias();
      const y = chain(own);
      return [y, ...grad(y.sum(), [own])];
    });
  });

  test("do not recur: twenty thousand operations in a row", () => {
    expectCompiled((x) => {
      let y = x;
      for (let i = 0; i < 5000; i++) y = y.mul(0.5).add(x).cumsum(0).mul(0.125);
      return [y];
    });
  });
});
