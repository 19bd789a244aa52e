import { compile, scalar, type Tensor, tensor, variable, zeros } from "../../src/index.js";
import { expectErrors, untyped } from "../support/catalogue.js";
import { float64 } from "../support/values.js";

const x = float64([1, 2]);
const w = scalar(1, { label: "w" });

/** Traces a function of a vector. */
const traced = (f: (x: Tensor) => unknown) => () => compile(f as (x: Tensor) => Tensor)(x);

let left = x;
const leave = compile((x: Tensor) => {
  left = x.mul(2);
  return x;
});
leave(x);

const value = "a value was read while its graph is being traced";
const operator = "JavaScript's operators, branches and sizes need a value";
const behind = "a function that was traced left this tensor behind";

expectErrors("compile", [
  {
    does: "compiles a tensor",
    run: () => compile(untyped(x)),
    name: "ValueError",
    op: "compile",
    says: ["expected a function, got a tensor"],
    fix: "give the function itself",
  },
  {
    does: "passes a number",
    run: () => compile((x: Tensor) => x)(untyped(3)),
    name: "ValueError",
    op: "compile",
    says: ["the number 3, not a tensor"],
    fix: "as in tensor(3)",
  },
  {
    does: "returns a number",
    run: traced(() => 3),
    name: "ValueError",
    op: "compile",
    says: ["the number 3, not a tensor"],
    fix: "as in tensor(3)",
  },
  {
    does: "reads a value",
    run: traced((x) => x.mul(x.sum().item())),
    name: "TraceError",
    op: "item",
    says: [value],
    fix: "read it outside",
  },
  {
    does: "reads a list",
    run: traced((x) => tensor(x.toArray())),
    name: "TraceError",
    op: "toArray",
    says: [value],
    fix: "read it outside",
  },
  {
    does: "writes JSON",
    run: traced((x) => x.mul(JSON.parse(JSON.stringify(x)))),
    name: "TraceError",
    op: "toArray",
    says: [value],
    fix: "read it outside",
  },
  {
    does: "reads a variable",
    run: traced((x) => x.mul(w.item())),
    name: "TraceError",
    op: "item",
    says: [value],
    fix: "read it outside",
  },
  {
    does: "branches on a value",
    run: traced((x) => (untyped(x.sum()) > 1 ? x : x.neg())),
    name: "TraceError",
    op: "operator",
    says: [operator],
    fix: "choose with a.gt(b).where(yes, no)",
  },
  {
    does: "computes with JavaScript's operators",
    run: traced((x) => x.mul(untyped(Number(x.sum())))),
    name: "TraceError",
    op: "operator",
    says: [operator],
    fix: "compute with a.mul(b)",
  },
  {
    does: "takes a size from a value",
    run: traced((x) => x.reshape([untyped(x.sum()), 1])),
    name: "TraceError",
    op: "operator",
    says: [operator],
    fix: "take sizes from shapes",
  },
  {
    does: "makes a shape of a value",
    run: traced((x) => zeros([untyped(x.sum())])),
    name: "ShapeError",
    op: "zeros",
    says: ["a side is a tensor, and a shape cannot depend on values"],
    fix: "take sizes from shapes",
  },
  {
    does: "makes a variable inside",
    run: traced((x) => x.mul(variable([1, 2], { dtype: "float64" }))),
    name: "TraceError",
    op: "variable",
    says: ["a variable is made inside a compiled function"],
    fix: "make it outside",
  },
  {
    does: "uses what another trace left behind",
    run: traced((x) => x.add(left)),
    name: "TraceError",
    op: "compile",
    says: ["a tensor that another trace left behind, mul float64 [2]"],
    fix: "pass them as arguments",
  },
  {
    does: "reads what a trace left behind",
    run: () => left.toArray(),
    name: "TraceError",
    op: "toArray",
    says: [behind],
    fix: "return it from the traced function",
  },
  {
    does: "computes with it and reads that",
    run: () => compile((x: Tensor) => x.add(1))(left as never).toArray(),
    name: "TraceError",
    op: "toArray",
    says: [behind],
    fix: "return it from the traced function",
  },
  {
    does: "assigns it",
    run: () => variable(x).assign(left),
    name: "TraceError",
    op: "assign",
    says: ["a value of a traced graph left its trace"],
    fix: "return it from the traced function",
  },
  ...(["wat", "explain", "graph"] as const).map((name) => ({
    does: `asks for ${name} before there is one`,
    run: () => {
      const f = compile((x: Tensor) => x);
      return name === "graph" ? f.graph : f[name]();
    },
    name: "ValueError",
    op: name,
    says: ["the function has not run compiled yet"],
    fix: "call it first",
  })),
]);
