import { describe, expect, test } from "vitest";
import {
  deserialize,
  grad,
  noGrad,
  type Operand,
  printGraph,
  scalar,
  scope,
  serialize,
  type Tensor,
  type Tree,
  tensor,
  Variable,
  variable,
} from "../src/index.js";
import { expectSame } from "./support/close.js";
import { loaded } from "./support/serialised.js";
import { float64 } from "./support/values.js";

/** A layer of two neurons and its loss, with names and regions. */
function example() {
  const weight = variable([[1, -2]], { dtype: "float64", label: "weight" });
  const x = float64([[0.5], [-0.25], [2]]).as("x");
  const z = scope("layer", () =>
    scope("dense", () => x.matmul(weight), "Dense")
      .as("z")
      .tanh(),
  );
  return { weight, loss: z.square().mean() };
}

const headerOf = (file: Uint8Array): string =>
  new TextDecoder().decode(
    file.subarray(8, 8 + Number(new DataView(file.buffer).getBigUint64(0, true))),
  );

describe("a file", () => {
  test("can be read by people: a line a node", () => {
    const w = scalar(2, { label: "w" });
    const file = serialize({ loss: w.mul(float64([3, 4])).sum(), w });
    expect(headerOf(file)).toMatchInlineSnapshot(`
      "{
      "format": "neurite graph",
      "version": 1,
      "scopes": [],
      "variables": [
      {"label":"w","dtype":"float64","shape":[],"value":2}
      ],
      "pieces": [],
      "nodes": [
      {"id":0,"op":"variable","dtype":"float64","shape":[],"variable":0},
      {"id":1,"op":"broadcastTo","inputs":[0],"attrs":{"shape":[2]},"dtype":"float64","shape":[2]},
      {"id":2,"op":"constant","dtype":"float64","shape":[2],"value":[0,16]},
      {"id":3,"op":"mul","inputs":[1,2],"dtype":"float64","shape":[2]},
      {"id":4,"op":"sum","inputs":[3],"attrs":{"axes":[0]},"dtype":"float64","shape":[]}
      ],
      "roots": {"loss":4,"w":"v0"}
      }
      "
    `);
    expect(file.length - 8 - headerOf(file).length).toBe(16);
  });

  test("has the same bytes for the same graph", () => {
    expect(serialize(example())).toEqual(serialize(example()));
  });

  test("is read at any place in memory, as Node's pool gives it", () => {
    const file = serialize(example());
    const shifted = new Uint8Array(file.length + 3).subarray(3);
    shifted.set(file);
    expectSame(deserialize<{ loss: Tensor }>(shifted).loss, example().loss);
    expectSame(deserialize<{ loss: Tensor }>(Buffer.from(file)).loss, example().loss);
  });
});

describe("a graph that was loaded", () => {
  test("prints the same, with labels, regions and values", () => {
    const { loss } = example();
    expect(printGraph(loaded(loss))).toBe(printGraph(loss));
    expect(scope("elsewhere", () => printGraph(loaded(loss)))).toBe(printGraph(loss));
    const kinds = ({ scope }: Tensor) => [scope.path, scope.kind, scope.parent?.kind];
    const dense = ({ inputs: [tanh] }: Tensor) => tanh!.inputs[0]!;
    const squared = (loss: Tensor) => loss.inputs[0]!.inputs[0]!;
    expect(kinds(dense(squared(loaded(loss))))).toEqual(kinds(dense(squared(loss))));
  });

  test("differentiates, as often as one likes, to the same bits", () => {
    const twice = ({ weight, loss }: { weight: Operand; loss: Tensor }) => {
      const [first] = grad(loss, [weight.asTensor()]);
      return [first!, grad(first!.square().sum(), [weight.asTensor()])[0]!];
    };
    const expected = twice(example());
    for (const [i, gradient] of twice(loaded(example())).entries()) {
      expectSame(gradient, expected[i]!);
    }
  });

  test("keeps every dtype, and numbers that JSON has no notation for", () => {
    const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324];
    for (const constant of [
      ...numbers.map((number) => float64(number)),
      float64(numbers),
      tensor(numbers),
      tensor(0.1),
      tensor([1, -2], { dtype: "int32" }),
      tensor(-(2 ** 31), { dtype: "int32" }),
      tensor([[true], [false]]),
      tensor(true),
      tensor([], { shape: [0, 3] }),
    ]) {
      expectSame(loaded(constant), constant);
      expect(loaded(constant).dtype).toBe(constant.dtype);
    }
    for (const value of numbers) {
      const padded = float64([1]).pad([[1, 0]], { value });
      expectSame(loaded(padded), padded);
    }
  });

  test("keeps its values whatever their strides", () => {
    const constant = noGrad(() =>
      float64([
        [1, 2, 3],
        [4, 5, 6],
      ])
        .transpose()
        .flip(0),
    );
    expectSame(loaded(constant), [
      [3, 6],
      [2, 5],
      [1, 4],
    ]);
  });

  test("keeps nested names, even those that objects have of their own", () => {
    const names = Object.fromEntries(
      ["__proto__", "constructor", "toString", ""].map((name, i) => [name, float64(i)]),
    );
    const again = loaded<Tree>({ names, list: [null, [float64(7)]] }) as {
      names: Record<string, Tensor>;
      list: [null, [Tensor]];
    };
    expect(Object.entries(again.names).map(([name, x]) => [name, x.item()])).toEqual([
      ["__proto__", 0],
      ["constructor", 1],
      ["toString", 2],
      ["", 3],
    ]);
    expect(Object.getPrototypeOf(again.names)).toBe(Object.prototype);
    expect(again.list[0]).toBeNull();
    expectSame(again.list[1][0], 7);
    const label = '__proto__ → "\n\u2028';
    expect(loaded(float64(1).as(label)).label).toBe(label);
  });

  test("may have no nodes", () => {
    expect(loaded<Tree>(null)).toBeNull();
    expect(loaded<Tree>([])).toEqual([]);
  });
});

describe("the variables of a loaded graph", () => {
  test("are variables of their own, shared as they were", () => {
    const { weight, loss } = example();
    const again = loaded({ weight, loss, both: weight.mul(loss) });
    expect(again.weight).toBeInstanceOf(Variable);
    expect(again.weight).toMatchObject({ label: "weight", dtype: "float64", shape: [1, 2] });
    expectSame(again.weight, weight);
    expectSame(
      grad(again.both.sum(), [again.weight])[0]!,
      grad(weight.mul(loss).sum(), [weight])[0]!,
    );
    again.weight.assign([[0, 0]]);
    expectSame(weight, [[1, -2]]);
  });

  test("hold the present value, beside snapshots of earlier ones", () => {
    const w = scalar(2, { label: "w" });
    const before = w.square();
    w.assign(5);
    const again = loaded({ w, before, after: w.square() });
    expect([again.before.item(), again.after.item(), again.w.item()]).toEqual([4, 25, 5]);
    expectSame(grad(again.before.add(again.after), [again.w])[0]!, 14);
  });

  test("keep the gradient that was added up", () => {
    const w = scalar(3);
    w.square().backward();
    expectSame(loaded({ w }).w.grad!, 6);
    w.zeroGrad();
    expect(loaded({ w }).w.grad).toBeNull();
  });

  test("train on", () => {
    const step = ({ weight, loss }: { weight: Variable; loss: Tensor }) => {
      loss.backward();
      weight.assign(weight.sub(weight.grad!.mul(0.1)));
      return weight;
    };
    expectSame(step(loaded(example())), step(example()));
  });
});
