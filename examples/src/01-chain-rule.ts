// The chain rule on numbers: the expression from micrograd's README, recorded and differentiated.
import { grad, printGraph, scalar } from "@neurite/autograd";

const a = scalar(-4, { label: "a" });
const b = scalar(2, { label: "b" });

let c = a.add(b);
let d = a.mul(b).add(b.pow(3));
c = c.add(c).add(1);
c = c.add(1).add(c).sub(a);
d = d.add(d.mul(2)).add(b.add(a).relu());
d = d.add(d.mul(3)).add(b.sub(a).relu());
const e = c.sub(d);
const f = e.square();
const g = f.div(2).add(f.pow(-1).mul(10)).as("g");

const record = g.backward();
console.log(`g     = ${g.item().toFixed(4)}`);
console.log(`dg/da = ${a.grad?.item().toFixed(4)}`);
console.log(`dg/db = ${b.grad?.item().toFixed(4)}`);

// The same rule, one link at a time: local derivative times upstream gradient.
console.log("\nThe first steps of the backward pass:");
for (const { op, formula, upstream, inputs } of record.steps().slice(0, 5)) {
  console.log(`${op}: ${formula}, upstream ${upstream}`);
  for (const { rule, local, contribution } of inputs) {
    console.log(`  ${rule}: ${local} · ${upstream} = ${contribution}`);
  }
}

// Gradients are tensors, so they can be differentiated again: d²(x³)/dx² = 6x.
const x = scalar(2, { label: "x" });
const [slope] = grad(x.pow(3), [x]);
const [curvature] = grad(slope!, [x]);
console.log(`\nx³ at 2: slope ${slope!.item()}, curvature ${curvature!.item()}`);

console.log(`\nA product with itself has two edges:\n${printGraph(x.mul(x))}`);
