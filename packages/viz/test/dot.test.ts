import { scalar, tensor, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { gradientFlowToDot, graphOf, neuronToDot, toDot } from "../src/index.js";
import { deepNetwork, dense, scalarNeuron } from "./support/examples.js";

const square = () => {
  const x = scalar(3, { label: "x" });
  return x.mul(x).as("y");
};

const count = (dot: string, pattern: RegExp) => dot.match(pattern)?.length ?? 0;
const NODE = /^\s*"[^"]+" \[/gm;
const EDGE = / -> /g;

describe("the computation graph", () => {
  it("is plain DOT", () => {
    const y = square();
    expect(toDot(y, { backward: y.backward(), name: "square" })).toMatchInlineSnapshot(`
      "digraph "square" {
        graph [id="viz-square", comment="Computation graph: 1 parameter, 1 operation, 2 edges.", rankdir=LR, newrank=true, nodesep=0.22, ranksep=0.6, bgcolor="transparent", fontname="Arial", fontcolor="#1a1a1a", fontsize=12, labeljust=l];
        node [shape=record, style=filled, fontname="Arial", fontcolor="#1a1a1a", fontsize=11, color="#595959", fillcolor="#f7f7f7", height=0.3, margin="0.14,0.06"];
        edge [fontname="Arial", fontcolor="#1a1a1a", fontsize=10, color="#595959"];

        "n0" [id="viz-square-n0", class="parameter", fillcolor="#fdf3d8", penwidth=2, label="x parameter|data 3|grad 6", tooltip="x parameter (variable)\\nfloat64\\ndata: 3\\ngrad: 6"];
        "n1" [id="viz-square-n1", class="output loss", fillcolor="#e6f5e6", penwidth=2, label="×\\  y output|data 9|grad 1", tooltip="×  y output (mul)\\nfloat64\\ndata: 9\\ngrad: 1"];

        "n0" -> "n1" [id="viz-square-n1-0", class="plain slot-0", arrowsize=0.75, label=" each 3 × 1 = 3 ", tooltip="argument 0\\ngradient 3 × 1 = 3", labeltooltip="argument 0\\ngradient 3 × 1 = 3"];
        "n0" -> "n1" [id="viz-square-n1-1", class="plain slot-1", arrowsize=0.75, label="   ", tooltip="argument 1\\ngradient 3 × 1 = 3", labeltooltip="argument 1\\ngradient 3 × 1 = 3"];
      }
      "
    `);
  });

  it("frames scopes", () => {
    const x = tensor([[1, 2]], { dtype: "float64", label: "x" });
    expect(toDot(dense(x, 2, "layers.0"), { name: "dense" })).toMatchInlineSnapshot(`
      "digraph "dense" {
        graph [id="viz-dense", comment="Computation graph: 1 input, 2 parameters, 3 operations, 5 edges.", rankdir=LR, newrank=true, nodesep=0.22, ranksep=0.6, bgcolor="transparent", fontname="Arial", fontcolor="#1a1a1a", fontsize=12, labeljust=l];
        node [shape=record, style=filled, fontname="Arial", fontcolor="#1a1a1a", fontsize=11, color="#595959", fillcolor="#f7f7f7", height=0.3, margin="0.14,0.06"];
        edge [fontname="Arial", fontcolor="#1a1a1a", fontsize=10, color="#595959"];

        "n0" [id="viz-dense-n0", class="input", fillcolor="#e8f1fb", label="x input|[1,2] float64|data [[1, 2]]|no grad", tooltip="x input (constant)\\n[1,2] float64\\ndata: rms 1.581, mean 1.5, max 2, 0 % zero\\nno grad"];
        subgraph "cluster_s0" {
          id="viz-dense-s0"; class="scope"; style=rounded; margin=14;
          color="#8c8c8c"; label="Dense  layers.0";
          "n1" [id="viz-dense-n1", class="parameter", fillcolor="#fdf3d8", penwidth=2, label="W parameter|[2,2] float64|data rms 0.1823|grad -", tooltip="W parameter (variable)\\n[2,2] float64\\ndata: rms 0.1823, mean 0.07094, max 0.2273, 0 % zero\\ngrad -"];
          "n2" [id="viz-dense-n2", class="op", label="@|[1,2] float64|data [[0.2809, -0.1511]]|grad -", tooltip="@ (contract)\\n[1,2] float64\\ndata: rms 0.2255, mean 0.06493, max 0.2809, 0 % zero\\ngrad -"];
          "n3" [id="viz-dense-n3", class="parameter", fillcolor="#fdf3d8", penwidth=2, label="b parameter|[2] float64|data [0, 0]|grad -", tooltip="b parameter (variable)\\n[2] float64\\ndata: rms 0, mean 0, max 0, 100 % zero\\ngrad -"];
          "n5" [id="viz-dense-n5", class="op", label="+|[1,2] float64|data [[0.2809, -0.1511]]|grad -", tooltip="+ (add)\\n[1,2] float64\\ndata: rms 0.2255, mean 0.06493, max 0.2809, 0 % zero\\ngrad -"];
          "n6" [id="viz-dense-n6", class="output", fillcolor="#e6f5e6", penwidth=2, label="tanh\\  output|[1,2] float64|data [[0.2738, -0.1499]]|grad -", tooltip="tanh  output (tanh)\\n[1,2] float64\\ndata: rms 0.2207, mean 0.06191, max 0.2738, 0 % zero\\ngrad -"];
        }

        "n0" -> "n2" [id="viz-dense-n2-0", class="plain slot-0", weight=16, arrowsize=0.75, tooltip="argument 0"];
        "n1" -> "n2" [id="viz-dense-n2-1", class="plain slot-1", arrowsize=0.75, tooltip="argument 1"];
        "n2" -> "n5" [id="viz-dense-n5-0", class="plain slot-0", weight=16, arrowsize=0.75, tooltip="argument 0"];
        "n3" -> "n5" [id="viz-dense-n5-1", class="plain slot-1", arrowsize=0.75, tooltip="argument 1"];
        "n5" -> "n6" [id="viz-dense-n6-0", class="plain slot-0", weight=16, arrowsize=0.75, tooltip="argument 0"];
      }
      "
    `);
  });

  it("is the same for the same program", () => {
    expect(toDot(scalarNeuron().y)).toBe(toDot(scalarNeuron().y));
    expect(toDot(graphOf(scalarNeuron().y))).toBe(toDot(scalarNeuron().y));
  });

  it("draws `grad -` before backward, and nowhere a zero", () => {
    const dot = toDot(scalarNeuron().y);
    expect(count(dot, /\|grad -"/g)).toBe(10);
    expect(dot).not.toMatch(/grad 0|0\.0000/);
  });

  it("shows the numbers of the record", () => {
    const { y } = scalarNeuron();
    const dot = toDot(y, { backward: y.backward() });
    expect(dot).toContain('label="x1 parameter|data 2|grad -1.5"');
    expect(dot).toContain('label=" -3 × 0.5 = -1.5 "');
    expect(dot).toContain(
      'label="tanh\\ \\ y output|data 0.7071|grad 1"'.replaceAll("\\ \\ ", "\\  "),
    );
  });

  it("draws plain numbers inside their operation, and no broadcasts of leaves", () => {
    const w = variable([1, 2, 3], { label: "w" });
    const y = w.mul(2).add(1);
    expect(count(toDot(y), NODE)).toBe(3);
    expect(toDot(y)).toContain('label="× 2|');
    const full = toDot(y, { hideConstants: false });
    expect(count(full, NODE)).toBe(graphOf(y).nodes.length);
    expect(count(full, EDGE)).toBe(graphOf(y).edges.length);
  });

  it("collapses scopes rather than grow beyond its limit, and says so", () => {
    const dot = toDot(deepNetwork(20), { maxNodes: 40 });
    expect(dot).toContain("Showing 22 nodes for");
    expect(count(dot, /shape=box3d/g)).toBe(21);
  });
});

describe("the gradient flow", () => {
  it("gives each edge the width and class of its gradient", () => {
    const y = square();
    const dot = gradientFlowToDot(y, { backward: y.backward(), scale: { min: 1e-3, max: 1e3 } });
    expect(dot).toContain('class="scale_1e-3_1e3"');
    // |3| lies 3.477 of 6 powers of ten up the scale.
    expect(count(dot, /class="g3 slot-\d positive", weight=16|penwidth=3\.73/g)).toBeGreaterThan(1);
  });

  it("marks zeros, missing and non-finite gradients, and the sign", () => {
    const [a, b] = [scalar(0, { label: "a" }), scalar(-2, { label: "b" })];
    const y = a.mul(b);
    const dot = gradientFlowToDot(y, { backward: y.backward() });
    expect(dot).toMatch(/"n1" -> "n2" .*class="zero slot-1 positive".*style=dashed/);
    expect(dot).toMatch(/"n0" -> "n2" .*negative.*arrowhead=tee/);
    const root = scalar(0).sqrt();
    expect(gradientFlowToDot(root, { backward: root.backward() })).toContain(
      'class="broken slot-0',
    );
    const cut = a.add(b.stopGradient());
    expect(gradientFlowToDot(cut, { backward: cut.backward() })).toContain("b parameter|no path");
  });

  it("draws large networks layer by layer, with the gradient between the layers", () => {
    const loss = deepNetwork(20);
    const backward = loss.backward();
    const dot = gradientFlowToDot(loss, { backward });
    expect(count(dot, /shape=box3d/g)).toBe(21);
    const graph = graphOf(loss, { backward });
    const into = graph.edges.find(
      ({ to }) => graph.nodes.find((n) => n.id === to)!.scope === "s1",
    )!;
    const rms = into.contribution!.rms.toExponential(1);
    expect(dot).toContain(`label=" ${rms} "`);
  });
});

describe("the textbook neuron", () => {
  it("has pairs, products, one sum and the activation", () => {
    const { y } = scalarNeuron();
    const dot = neuronToDot(y, { backward: y.backward() });
    expect(count(dot, NODE)).toBe(9);
    expect(count(dot, EDGE)).toBe(8);
    expect(dot).toContain('label="+\\  z|data 0.8814|grad 0.5"');
  });

  it("writes a product of vectors out in elements", () => {
    const x = tensor([1, -2, 0.5], { dtype: "float64", label: "x" });
    const w = variable([0.5, 0.25, -1], { dtype: "float64", label: "w" });
    const y = x
      .dot(w)
      .add(scalar(0.3, { label: "b" }))
      .tanh()
      .as("y");
    const backward = y.backward();
    const dot = neuronToDot(y, { backward });
    const slope = 1 - Math.tanh(-0.2) ** 2;
    for (const [i, weight] of [0.5, 0.25, -1].entries()) {
      const grad = Number((([1, -2, 0.5][i] as number) * slope).toPrecision(4));
      expect(dot).toContain(`{w${i + 1} parameter|data ${weight}|grad ${grad}}`);
    }
    expect(count(dot, /label="×\|/g)).toBe(3);
    expect(count(dot, /label="Σ\|/g)).toBe(1);
  });

  it("draws a neuron without a bias, and refuses what is none", () => {
    const bare = scalar(2).mul(scalar(3)).relu();
    expect(count(neuronToDot(bare), NODE)).toBe(5);
    expect(() => neuronToDot(variable([1, 2]).tanh())).toThrow(
      /neuronToDot: found tanh[\s\S]*fix: .*toDot/,
    );
    const wide = variable(new Float64Array(9));
    expect(() => neuronToDot(wide.dot(wide))).toThrow(/9 inputs/);
  });
});
