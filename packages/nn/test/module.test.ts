import { currentScope, key, type Tensor, tensor, topology, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { Dense, Dropout, Module } from "../src/index.js";

class Block extends Module {
  readonly scale = this.parameter([]);
  readonly first = new Dense({ inputs: 2, units: 2, ...this.inherited });
  readonly drop = new Dropout({ p: 0.5, ...this.inherited });

  forward(x: Tensor): Tensor {
    return this.drop.apply(this.first.apply(x)).mul(this.scale);
  }
}

class Model extends Module {
  readonly blocks = [new Block(this.inherited), new Block(this.inherited)];
  readonly heads = { left: new Dense({ inputs: 2, units: 1, ...this.inherited }) };
  readonly tied = this.heads.left;
  readonly #hidden = new Dense({ inputs: 2, units: 2 });
  readonly note = "a field that is no module";

  forward(x: Tensor): Tensor {
    const y = this.blocks.reduce((value, block) => block.apply(value), this.#hidden.apply(x));
    return this.heads.left.apply(y).add(this.tied.apply(y));
  }
}

const paths = (pairs: Iterable<[string, unknown]>) => Array.from(pairs, ([path]) => path);

describe("a module is its fields", () => {
  it("lists parameters by path in the order of fields, through arrays and objects", () => {
    expect(paths(new Model().namedParameters())).toEqual([
      "blocks.0.scale",
      "blocks.0.first.weight",
      "blocks.0.first.bias",
      "blocks.1.scale",
      "blocks.1.first.weight",
      "blocks.1.first.bias",
      "heads.left.weight",
      "heads.left.bias",
    ]);
  });

  it("lists a shared module once, under its first name", () => {
    const named = [...new Model().namedModules()];
    expect(new Set(named.map(([, module]) => module)).size).toBe(named.length);
    expect(paths(named)).toContain("heads.left");
    expect(paths(named)).not.toContain("tied");
  });

  it("lists as state its random keys too, which do not learn", () => {
    const block = new Block();
    expect(paths(block.namedState())).toEqual(["scale", "first.weight", "first.bias", "drop.key"]);
    expect(block.parameters()).not.toContain(block.drop.key);
  });

  it("has no variables but its own", () => {
    class Plain extends Module {
      readonly counter = variable(0);
      forward(x: Tensor) {
        return x;
      }
    }
    expect(new Plain().parameters()).toEqual([]);
    expect(paths(new Plain().namedState())).toEqual(["counter"]);
  });
});

describe("parameter", () => {
  class Odd extends Module {
    readonly weight = this.parameter([2], { init: () => tensor([[1, 2]]) });
    forward(x: Tensor) {
      return x;
    }
  }

  it("refuses an initialiser that makes another shape, naming both", () => {
    expect(() => new Odd()).toThrow("Odd: the initialiser made float32 [1, 2], not float32 [2]");
  });
});

describe("apply", () => {
  it("names the regions of the graph after the fields", () => {
    const model = new Model().eval();
    const graph = topology([model.apply(tensor([[1, 2]]))]);
    const scopes = new Set(graph.nodes.map((node) => node.scope.path));
    expect(scopes).toContain("blocks.1.first");
    expect(scopes).toContain("heads.left");
    expect(currentScope().path).toBe("");
  });

  it("names the variables after the fields, unless they have a name", () => {
    const block = new Block();
    block.scale.as("gain");
    block.apply(tensor([[1, 2]]));
    expect(block.scale.label).toBe("gain");
    expect(block.first.weight.label).toBe("weight");
  });
});

describe("train and eval", () => {
  it("switch a module and all below it", () => {
    const model = new Model();
    const modes = () => Array.from(model.namedModules(), ([, module]) => module.training);
    expect(new Set(modes())).toEqual(new Set([true]));
    expect(model.eval()).toBe(model);
    expect(new Set(modes())).toEqual(new Set([false]));
    model.blocks[0]!.train();
    expect(model.blocks[0]!.drop.training).toBe(true);
    expect(model.blocks[1]!.drop.training).toBe(false);
  });
});

describe("the key of a module", () => {
  it("decides every parameter and key below it", () => {
    const state = (seed: number) =>
      Array.from(new Block({ key: key(seed) }).namedState(), ([, v]) => v.toArray());
    expect(state(1)).toEqual(state(1));
    const [one, two] = [state(1), state(2)];
    for (const [i, values] of one.entries()) expect(two[i]).not.toEqual(values);
  });

  it("is split: no two parameters begin alike", () => {
    class Twins extends Module {
      readonly a = this.parameter([3]);
      readonly b = this.parameter([3]);
      forward(x: Tensor) {
        return x;
      }
    }
    const { a, b } = new Twins({ key: key(1) });
    expect(b.toArray()).not.toEqual(a.toArray());
  });

  it("comes with a dtype for all parameters", () => {
    const block = new Block({ dtype: "float64" });
    expect(block.parameters().map(({ dtype }) => dtype)).toEqual(["float64", "float64", "float64"]);
    expect(block.drop.key.dtype).toBe("int32");
  });
});
