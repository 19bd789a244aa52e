import { key, ones, tensor } from "@neurite/autograd";
import { expect, test } from "vitest";
import type { Mistake } from "../../../autograd/test/support/catalogue.js";
import {
  Adam,
  BatchNorm1d,
  Dense,
  decodeState,
  EMA,
  encodeState,
  fit,
  functionalCall,
  Lion,
  mse,
  Sequential,
  StepLR,
  saveCheckpoints,
  type TrainingState,
} from "../../src/index.js";
import { expectMistakes } from "../support/mistakes.js";

const make = () =>
  new Sequential(new Dense({ inputs: 2, units: 3 }), new BatchNorm1d({ numFeatures: 3 }));

const model = make();
const { "0.bias": _, ...state } = model.stateDict();
const wrong = {
  ...state,
  "0.weight": ones([3]),
  "1.weight": ones([3], { dtype: "float64" }),
  "2.weight": ones([1]),
};
const before = JSON.stringify(model.stateDict());

const dense = new Dense({ inputs: 2, units: 1 });
const adam = new Adam(dense.parameters());

expectMistakes("state dictionaries", [
  {
    does: "loads another model",
    run: () => model.loadStateDict(wrong),
    name: "ValueError",
    op: "loadStateDict",
    says: [
      "missing: 0.bias; unexpected: 2.weight; of another type: ",
      "0.weight (float32 [3, 2] here, float32 [3] given), ",
      "1.weight (float32 [3] here, float64 [3] given)",
    ],
    fix: "{ strict: false }",
  },
  {
    does: "loads the state of another optimizer",
    run: () => adam.loadStateDict(new Lion(dense.parameters()).stateDict()),
    name: "ValueError",
    op: "loadStateDict",
    says: ["Adam was given the state of Lion"],
    fix: "a state of Adam",
  },
  {
    does: "loads the state of other parameters",
    run: () => adam.loadStateDict(new Adam(model.parameters()).stateDict()),
    name: "ValueError",
    op: "loadStateDict",
    says: ["does not fit this Adam; unexpected: Adam.mean.2", "of another type: Adam.mean.0"],
    fix: "for the same parameters, with the same options",
  },
  {
    does: "loads an average into a schedule",
    run: () => {
      const average = new EMA(dense.parameters());
      return new StepLR(adam, { stepSize: 2 }).loadStateDict(average.stateDict());
    },
    name: "ValueError",
    op: "loadStateDict",
    says: ["StepLR was given the state of EMA"],
    fix: "a state of StepLR",
  },
  {
    does: "calls a module with a value it has no place for",
    run: () => functionalCall(dense, { wieght: ones([1, 2]) }, ones([4, 2])),
    name: "ValueError",
    op: "functionalCall",
    says: ['no variable "wieght"'],
    fix: "weight, bias",
  },
]);

test("an error leaves the model as it was", () => {
  expect(JSON.stringify(model.stateDict())).toBe(before);
});

const data = { inputs: ones([4, 2]), targets: ones([4, 1]) };
const options = {
  ...data,
  loss: mse,
  epochs: 2,
  batchSize: 2,
  key: key(1),
  progress: false,
} as const;
const states: TrainingState[] = [];
await fit(dense, {
  ...options,
  optimizer: adam,
  callbacks: [saveCheckpoints({ save: (state) => void states.push(state) })],
});
const saved = states[0]!;

const resume = (change: Partial<TrainingState>, more = {}) => {
  const model = new Dense({ inputs: 2, units: 1 });
  const optimizer = new Adam(model.parameters());
  return fit(model, { ...options, optimizer, resume: { ...saved, ...change }, ...more });
};
const refused = { name: "ValueError", op: "fit" };
const { "model.weight": __, ...rest } = saved.tensors;
expectMistakes("runs that go on", [
  {
    ...refused,
    does: "comes from a later version",
    run: () => resume({ version: 99 }),
    says: ["has format version 99, here it is 1"],
    fix: "update @neurite/nn",
  },
  {
    ...refused,
    does: "has another random generator",
    run: () => resume({ prng: "xorshift" }),
    says: ["has random generator xorshift, here it is threefry2x32-20"],
    fix: "begin anew",
  },
  {
    ...refused,
    does: "had another optimizer",
    run: () => resume({ optimizer: "Lion" }),
    says: ["has optimizer Lion, here it is Adam"],
    fix: "resume with what the state was saved by",
  },
  {
    ...refused,
    does: "has other data",
    run: () => resume({}, { inputs: ones([6, 2]), targets: ones([6, 1]) }),
    says: ["has number of rows 4, here it is 6"],
    fix: "resume with what the state was saved by",
  },
  {
    ...refused,
    does: "has another batchSize",
    run: () => resume({}, { batchSize: 4 }),
    says: ["has batchSize 2, here it is 4"],
    fix: "resume with what the state was saved by",
  },
  {
    ...refused,
    does: "has another model",
    run: () =>
      resume({ tensors: { ...rest, "model.bias": tensor([1, 2]), "model.9.w": tensor([1]) } }),
    says: [
      "missing: model.weight; unexpected: model.9.w; ",
      "of another type: model.bias (float32 [1] here, float32 [2] given)",
    ],
    fix: "the same model and optimizer",
  },
]);

/** The file with another header. */
function withHeader(change: (header: string) => string): Uint8Array {
  const bytes = encodeState(saved);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const text = new TextEncoder().encode(change(header));
  const file = new Uint8Array(8 + text.length + bytes.length - 8 - length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(bytes.subarray(8 + length), 8 + text.length);
  return file;
}

const bytes = encodeState(saved);
const absurd = bytes.slice();
absurd.set([0, 0, 0, 0, 0, 0, 32, 0]); // 2^53, little-endian
const file = (does: string, given: Uint8Array, ...says: string[]): Mistake => ({
  does,
  run: () => decodeState(given, "run.safetensors"),
  name: "ValueError",
  op: "decodeState",
  says,
  fix: "the bytes of a whole file",
});
expectMistakes("checkpoint files", [
  file("is empty", new Uint8Array(), "run.safetensors has 0 bytes"),
  file(
    "has an absurd length of its header",
    absurd,
    `has ${bytes.length} bytes`,
    "end at 9007199254741000",
  ),
  file("is cut off", bytes.subarray(0, bytes.length - 4), "run.safetensors holds", "should be"),
  file(
    "is not JSON",
    withHeader((text) => `[${text.slice(1)}`),
    "is not JSON",
  ),
  file(
    "is a file of another program",
    withHeader(() => "{}"),
    "is not a training state of neurite",
  ),
  file(
    "has an unknown dtype",
    withHeader((text) => text.replace('"F32"', '"F8_E5M2"')),
    "F8_E5M2",
    "model.",
  ),
  file(
    "has offsets beyond the end",
    withHeader((text) => text.replace(/"data_offsets":\[0,8\]/, '"data_offsets":[99999,100007]')),
    "99999 to 100007",
  ),
]);

test("a tensor called __proto__ is plain data", () => {
  const tensors = { ...saved.tensors, ["__proto__"]: tensor([1]) };
  const read = decodeState(encodeState({ ...saved, tensors }));
  expect(Object.hasOwn(read.tensors, "__proto__")).toBe(true);
  expect(Object.getPrototypeOf(read.tensors)).toBe(Object.prototype);
});
