import { describe, expect, test } from "vitest";
import {
  deserialize,
  type NeuriteError,
  type ShapeError,
  serialize,
  type Tensor,
  tensor,
} from "../src/index.js";
import { errorOf } from "./support/checks.js";
import { type Entry, edited, example, type Header, withText } from "./support/graph-files.js";
import { float64 } from "./support/values.js";

// What damaged and hostile files do: they are refused, with what is wrong and where.

const problemOf = (file: Uint8Array): NeuriteError =>
  errorOf(() => deserialize(file)) as NeuriteError;

/** `a` and `b` are added and summed: nodes 0 and 1, then 2 and 3. */
const sum = (): Uint8Array =>
  serialize(
    float64([1, 2])
      .add(float64([3, 4]))
      .sum(),
  );

describe("a damaged file", () => {
  test.each<[string, (file: Uint8Array) => Uint8Array, string]>([
    ["is empty", () => new Uint8Array(), "the file ends at byte 0"],
    ["ends in the header", (file) => file.subarray(0, 50), "the file ends at byte 50, after 42"],
    ["ends in the data", (file) => file.subarray(0, -1), "of the data, which has 31"],
    [
      "goes on",
      (file) => Uint8Array.of(...file, 0),
      "byte 32 of the data, which has 33, is not used",
    ],
    ["claims an absurd length", (file) => file.with(6, 255), "claims 71776119061217"],
    ["is another format", (file) => edited(file, (h) => (h.format = "ONNX")), '"ONNX"'],
    ["has no version", (file) => edited(file, (h) => delete h.version), "the version is missing"],
    ["is no object", (file) => withText(file, () => "[]"), "the header is [], expected an object"],
    ["is no UTF-8", (file) => file.with(12, 255), "the header is not UTF-8"],
  ])("that %s", (_, damage, says) => {
    const error = problemOf(damage(sum()));
    expect(error).toMatchObject({ name: "ValueError", op: "deserialize" });
    expect(error.message).toContain(says);
    expect(error.fix).toBeTruthy();
    expect(error.site).toMatch(/deserialize\.eager\.test\.ts/);
  });

  test.each<[string, (text: string) => string, string]>([
    ["a bracket is missing", (text) => text.replace("]", ""), "line 4, column 12"],
    ["a comma too many", (text) => text.replace('"op"', ',"op"'), "line 8, column 9"],
    ["a bad escape", (text) => text.replace("float64", "f\\x64"), "line 8, column 35"],
    ["a bare word", (text) => text.replace("version", 'a": nan, "version'), "line 3, column 6"],
    ["cut off", (text) => text.slice(0, 30), "unexpected the end at line 3, column 2"],
    ["an open text", (text) => text.slice(0, 5), "unexpected the end at line 2, column 4"],
    ["two values", (text) => `${text}{}`, 'unexpected "{"'],
    ["a number with a leading 0", (text) => text.replace(": 1", ": 01"), "line 3, column 12"],
    ["a control character", (text) => text.replace("graph", "gr\taph"), 'unexpected "\\t"'],
  ])("whose JSON is broken names the place: %s", (_, damage, says) => {
    const error = problemOf(withText(sum(), damage));
    expect(error.message).toContain("the header is not JSON");
    expect(error.message).toContain(says);
    expect(error.message).toMatch(/byte \d+ of the file/);
  });

  test("of another version names both", () => {
    const error = problemOf(edited(sum(), (header) => (header.version = 7)));
    expect(error.message).toContain("version 7, this neurite reads version 1");
    expect(error.fix).toContain("update @neurite/autograd");
  });

  test("is bytes, not text", () => {
    const text = "text" as unknown as Uint8Array;
    expect(errorOf(() => deserialize(text))).toMatchObject({ op: "deserialize" });
  });
});

describe("a graph that is none", () => {
  const node = (at: number, edit: (entry: Entry) => void) => (header: Header) => {
    edit(header.nodes![at]!);
  };
  const attrs = (op: string, name: string, value: unknown) => (header: Header) => {
    const entry = header.nodes!.find((entry) => entry.op === op)!;
    (entry.attrs as Entry)[name] = value;
  };

  test.each<[string, (header: Header) => void, string]>([
    ["an unknown op", node(2, (n) => (n.op = "frobnicate")), "node 2 (frobnicate) has an op"],
    ["an op of Object", node(2, (n) => (n.op = "constructor")), "node 2 (constructor) has an op"],
    ["a dangling id", node(2, (n) => (n.inputs = [0, 9])), "node 2 takes node 9"],
    ["an id twice", node(1, (n) => (n.id = 0)), "two nodes have the id 0"],
    ["a node of itself", node(2, (n) => (n.inputs = [0, 2])), "nodes 2 → 2 form a circle"],
    ["a circle", node(2, (n) => (n.inputs = [3, 0])), "nodes 2 → 3 → 2 form a circle"],
    ["too few inputs", node(2, (n) => (n.inputs = [0])), "has 1 inputs, the op takes 2"],
    ["inputs of a leaf", node(1, (n) => (n.inputs = [0])), "has 1 inputs, a leaf has none"],
    ["ids that are texts", node(2, (n) => (n.inputs = ["0", 1])), 'an id is "0"'],
    ["no dtype", node(3, (n) => delete n.dtype), "the dtype of node 3 (sum) is missing"],
    ["a side of −1", node(3, (n) => (n.shape = [-1])), "the shape of node 3 (sum) is [-1]"],
    ["an absurd shape", node(0, (n) => (n.shape = [2 ** 40])), "would need"],
    ["too few bytes", node(0, (n) => (n.value = [0, 8])), "node 0 (constant) needs 16 bytes"],
    ["no value", node(0, (n) => delete n.value), "the value of node 0 (constant) is missing"],
    [
      "a value used twice",
      node(1, (n) => (n.value = [0, 16])),
      "byte 0 of the data belongs to two values",
    ],
    [
      "a value used often",
      (h) => h.nodes!.push(...[4, 5, 6].map((id) => ({ ...h.nodes![0]!, id }))),
      "the value of node 4 (constant) shares bytes",
    ],
    [
      "operands of unequal shapes",
      node(1, (n) => Object.assign(n, { shape: [1], value: [16, 24] })),
      "node 2 (add): an input has the shape [1], expected [2]",
    ],
    [
      "operands of unequal dtypes",
      node(1, (n) => Object.assign(n, { dtype: "int32", value: [16, 24] })),
      "node 2 (add) cannot be recorded: add: the operands are float64 and int32",
    ],
    ["a region that is not there", node(3, (n) => (n.scope = 5)), "the scope of node 3"],
    ["a variable that is not there", node(3, (n) => (n.variable = 0)), "the variable of node 3"],
    ["axes out of range", attrs("sum", "axes", [3]), "axes is [3], expected different axes"],
    ["axes twice", attrs("sum", "axes", [0, 0]), "axes is [0,0], expected different axes"],
    ["no attributes", node(3, (n) => delete n.attrs), "the attributes of node 3 (sum) is missing"],
    ["a root that is not there", (h) => ((h as Entry).roots = 8), "a root is node 8"],
    ["no roots", (h) => delete (h as Entry).roots, "a root is missing"],
  ])("with %s", (_, damage, says) => {
    const error = problemOf(edited(sum(), damage));
    expect(error).toMatchObject({ name: expect.stringMatching(/^(Value|Shape)Error$/) });
    expect(error.op).toBe("deserialize");
    expect(error.message).toContain(says);
  });

  test("whose declared shape differs from that of its inputs", () => {
    const wrong = edited(
      sum(),
      node(2, (n) => (n.shape = [3])),
    );
    expect(problemOf(wrong)).toMatchObject({
      name: "ShapeError",
      shapes: [[3], [2]],
      message: expect.stringContaining(
        "node 2 (add) is declared float64 [3], but its inputs make it float64 [2]",
      ),
    } satisfies Partial<Record<keyof ShapeError, unknown>>);
  });

  test.each<[string, (header: Header) => void, string]>([
    ["a slice beyond the end", attrs("slice", "starts", [0, 2]), "counts is"],
    ["an order with an axis twice", attrs("transpose", "order", [1, 1]), "every axis"],
    ["a size that changes", attrs("reshape", "shape", [5]), "reshape): shape is [5]"],
    ["negative padding", attrs("pad", "before", [-1]), "before is [-1]"],
    ["unequal axes", attrs("contract", "axes", [[1], []]), "as many of one"],
    ["a loop of another length", attrs("scan", "length", 7), "input 1 is declared float64 [7]"],
    ["too many carries", attrs("scan", "carries", 90), "counts more carries"],
    ["a flag that is none", attrs("scan", "reverse", 0), "reverse is 0, expected true or false"],
    ["a piece that is not there", attrs("scan", "step", 9), "the piece of node"],
    ["a result that is not there", attrs("project", "index", 9), "picks result 9 of"],
    ["a piece with a constant", (h) => ((h.pieces![0]!.nodes as Entry[])[0]!.op = "constant"), "0"],
  ])("with %s", (_, damage, says) => {
    expect(problemOf(edited(example(), damage)).message).toContain(says);
  });

  test("of elements that are none of their dtype", () => {
    const flags = serialize(tensor([true, false]));
    expect(problemOf(flags.with(flags.length - 1, 7)).message).toContain("other than 0 and 1");
    const number = serialize(tensor(1, { dtype: "int32" }));
    const half = edited(
      number,
      node(0, (n) => (n.value = 0.5)),
    );
    expect(problemOf(half).message).toContain("is 0.5, expected a int32");
  });

  test("says on which node an op refuses its inputs", () => {
    const file = edited(sum(), (header) => {
      header.nodes![2] = { ...header.nodes![2]!, op: "logicalAnd" };
    });
    const error = problemOf(file);
    expect(error.message).toContain("node 2 (logicalAnd) cannot be recorded: logicalAnd: expected");
    expect(error.cause).toMatchObject({ name: "DTypeError" });
  });

  test("with a circle of 100,000 nodes is refused without recursion", () => {
    const nodes = Array.from({ length: 100_000 }, (_, id) => ({
      id,
      op: "neg",
      inputs: [(id + 99_999) % 100_000],
      dtype: "float64",
      shape: [],
    }));
    const { message } = problemOf(edited(sum(), (header) => (header.nodes = nodes)));
    expect(message).toMatch(/the nodes .* → … → .* form a circle/);
    expect(message.length).toBeLessThan(300);
  });

  test("nested beyond any stack is refused", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const file = withText(sum(), (text) => text.replace('"roots": 3', `"roots": ${deep}`));
    expect(problemOf(file)).toMatchObject({ name: "ValueError", op: "deserialize" });
  });
});

test("nodes may stand in any order", () => {
  const file = edited(sum(), (header) => header.nodes!.reverse());
  expect(deserialize<Tensor>(file).item()).toBe(10);
});
