// Derivatives of every kind: one for each example, of second order, through a loop, by a rule of
// one's own; and what happens when one is wrong.
import {
  customVjp,
  detectAnomaly,
  grad,
  hessian,
  type NeuriteError,
  scan,
  type Tensor,
  tensor,
  topology,
  valueAndGrad,
  vmap,
} from "@neurite/autograd";

const dtype = "float64";
const list = (x: Tensor) => JSON.stringify(x.toArray());
/** An error as it reads, without the folder of the file. */
const said = (error: unknown) =>
  (error as NeuriteError).message.replace(/recorded at .*\//, "recorded at ");

// Three examples pull on the same two weights. grad differentiates the loss of one example, vmap
// runs that for all of them together.
const loss = (w: Tensor, x: Tensor, t: Tensor) => x.dot(w).sub(t).square();
const weights = tensor([1, -1]);
const inputs = tensor([
  [1, 2],
  [3, 1],
  [0, 5],
]);
const targets = tensor([0, 2, 1]);
const pulls = vmap(grad(loss), { inAxes: [null, 0, 0] })(weights, inputs, targets);
console.log(`the pull of each example: ${list(pulls)}`);
console.log(`of all of them:           ${list(pulls.sum(0))}`);

// Newton's method needs all second derivatives: a step goes to where a parabola would be lowest.
const valley = (p: Tensor) => {
  const [x, y] = [p.slice(0), p.slice(1)];
  return x.sub(1).square().add(y.sub(x.square()).square().mul(100));
};
console.log("\nNewton's method in Rosenbrock's valley:");
let point = tensor([-1.2, 1], { dtype });
for (let step = 0; step <= 6; step++) {
  const [x, y] = point.toTypedArray();
  const height = valley(point).item().toFixed(4).padStart(9);
  console.log(`step ${step}  height ${height}  at ${x!.toFixed(4)}, ${y!.toFixed(4)}`);
  point = point.sub(hessian(valley)(point).solve(grad(valley)(point)));
}

// A neuron that hears itself, for a hundred steps: as one node, and written out.
const start = tensor(0, { dtype });
const sounds = tensor(Float64Array.from({ length: 100 }, (_, i) => Math.sign((i % 7) - 3)));
const hear = (w: Tensor, h: Tensor, x: Tensor) => h.mul(w).add(x).tanh();
const looped = (w: Tensor) =>
  scan((h: Tensor, x: Tensor) => [hear(w, h, x), null], start, sounds)[0];
const unrolled = (w: Tensor) => {
  let h = start;
  for (let i = 0; i < 100; i++) h = hear(w, h, sounds.slice(i));
  return h;
};
const w = tensor(0.9, { dtype });
console.log("\nA hundred steps of a recurrent neuron:");
for (const f of [unrolled, looped]) {
  const nodes = topology([f(w)]).nodes.length;
  const [value, slope] = valueAndGrad(f)(w);
  console.log(
    `${f.name.padEnd(8)} ${String(nodes).padStart(3)} nodes, ` +
      `value ${value.item().toFixed(8)}, slope ${slope.item().toFixed(8)}`,
  );
}

// A derivative by hand: it is compared with differences before anybody can use it.
const swish = (x: Tensor) => x.mul(x.sigmoid());
const samples = [[tensor([-2, 0.5, 3], { dtype })]];
try {
  customVjp(swish, [({ g, x: [x] }) => g.mul(x!.sigmoid())], { samples });
} catch (error) {
  console.log(`\nHalf of the product rule is refused:\n${said(error)}`);
}
const byHand = customVjp(
  swish,
  [({ g, x: [x], y }) => g.mul(x!.sigmoid()).add(g.mul(y).mul(x!.neg().sigmoid()))],
  { samples },
);
console.log(`the whole rule: slope ${grad(byHand)(tensor(0.5, { dtype })).item().toFixed(8)}`);
console.log(`without a rule: slope ${grad(swish)(tensor(0.5, { dtype })).item().toFixed(8)}`);

// 0 · log 0 is 0 on paper and NaN in a computer: which line was it?
const shares = tensor([0.5, 0, 0.5], { dtype });
const entropy = (p: Tensor) => p.mul(p.log()).sum().neg();
try {
  detectAnomaly(() => entropy(shares));
} catch (error) {
  console.log(`\nThe first NaN:\n${said(error)}`);
}
const safe = (p: Tensor) => p.mul(p.gt(0).where(p, 1).log()).sum().neg();
const bits = detectAnomaly(() => safe(shares)).div(Math.LN2);
console.log(`with log 1 in the place of log 0, the entropy is ${bits.item()} bit`);
