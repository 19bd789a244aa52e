/**
 * The baseline: a graph of number objects in the manner of Karpathy's micrograd. Every value keeps
 * its operands and a closure that pushes its gradient on; the backward pass sorts and calls them.
 */
export class Value {
  grad = 0;
  private push: () => void = () => {};

  constructor(
    public data: number,
    private readonly operands: readonly Value[] = [],
  ) {}

  add(other: Value | number): Value {
    const b = typeof other === "number" ? new Value(other) : other;
    const out = new Value(this.data + b.data, [this, b]);
    out.push = () => {
      this.grad += out.grad;
      b.grad += out.grad;
    };
    return out;
  }

  mul(other: Value | number): Value {
    const b = typeof other === "number" ? new Value(other) : other;
    const out = new Value(this.data * b.data, [this, b]);
    out.push = () => {
      this.grad += b.data * out.grad;
      b.grad += this.data * out.grad;
    };
    return out;
  }

  relu(): Value {
    const out = new Value(Math.max(this.data, 0), [this]);
    out.push = () => {
      this.grad += out.data > 0 ? out.grad : 0;
    };
    return out;
  }

  backward(): void {
    const order: Value[] = [];
    const seen = new Set<Value>();
    const path: [value: Value, next: number][] = [[this, 0]];
    seen.add(this);
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const operand = top[0].operands[top[1]++];
      if (operand === undefined) {
        order.push(top[0]);
        path.pop();
      } else if (!seen.has(operand)) {
        seen.add(operand);
        path.push([operand, 0]);
      }
    }
    this.grad = 1;
    for (const value of order.reverse()) value.push();
  }
}
