import { type Expression, Lane } from "../../packages/autograd/src/numerics/special/lane.js";

/** How far operations nest before one of them gets a name. */
const DEEPEST = 4;

/** The body of a function, or one side of a choice within it. */
export class Block {
  /** What is worked out here under a name of its own, inputs first. */
  readonly statements: Expression[] = [];
  private readonly depth: number;

  constructor(private readonly parent?: Block) {
    this.depth = parent ? parent.depth + 1 : 0;
  }

  /** The innermost block around both. */
  common(other: Block): Block {
    if (this === other) return this;
    return this.depth >= other.depth ? this.parent!.common(other) : other.parent!.common(this);
  }
}

/** The two sides of a `where`. */
interface Sides {
  readonly yes: Block;
  readonly no: Block;
}

interface Program {
  readonly body: Block;
  /** The choices that become an `if`, because a side of theirs has statements. */
  readonly branches: ReadonlyMap<Expression, Sides>;
}

/**
 * Puts each expression into the innermost block that holds all its uses, so that a number takes
 * only the side that its `where` picks. All operations are pure: the result is the same.
 */
export function arrange(root: Expression, isStatement: (x: Expression) => boolean): Program {
  const order = sorted(root);
  const body = new Block();
  const blocks = new Map<Expression, Block>([[root, body]]);
  const sides = new Map<Expression, Sides>();
  const uses = new Map<Expression, number>();
  const use = (x: Expression, block: Block) => {
    blocks.set(x, blocks.get(x)?.common(block) ?? block);
    uses.set(x, (uses.get(x) ?? 0) + 1);
  };
  for (const x of order.toReversed()) {
    const block = blocks.get(x)!;
    if (x.op !== "where") {
      for (const input of x.inputs) use(input, block);
      continue;
    }
    const inner = { yes: new Block(block), no: new Block(block) };
    const [mask, yes, no] = x.inputs;
    sides.set(x, inner);
    use(mask!, block);
    use(yes!, inner.yes);
    use(no!, inner.no);
  }

  const branches = new Map<Expression, Sides>();
  const depths = new Map<Expression, number>();
  const results = new Set([
    root,
    ...order.flatMap((x) => (x.op === "where" ? x.inputs.slice(1) : [])),
  ]);
  for (const x of order) {
    depths.set(x, 0);
    if (x.inputs.length === 0) continue;
    const inner = sides.get(x);
    const isLong = (side: Block, result: Expression) =>
      side.statements.length > 0 || (branches.has(result) && uses.get(result) === 1);
    if (inner && (isLong(inner.yes, x.inputs[1]!) || isLong(inner.no, x.inputs[2]!))) {
      branches.set(x, inner);
    }
    const depth = 1 + Math.max(...x.inputs.map((input) => depths.get(input)!));
    const isShared = uses.get(x)! > 1;
    const isEmbedded = branches.has(x) && !results.has(x);
    const isDeep = depth > DEEPEST && x instanceof Lane && !results.has(x);
    if (isShared || isEmbedded || isDeep || isStatement(x)) blocks.get(x)!.statements.push(x);
    else depths.set(x, depth);
  }
  return { body, branches };
}

/** Every expression once, inputs first. */
function sorted(root: Expression): Expression[] {
  const order = new Set<Expression>();
  const visit = (x: Expression): void => {
    if (order.has(x)) return;
    for (const input of x.inputs) visit(input);
    order.add(x);
  };
  visit(root);
  return [...order];
}
