import { ones, type Tensor } from "@neurite/autograd";
import { type Mistake, untyped } from "../../../autograd/test/support/catalogue.js";
import {
  DataLoader,
  Dense,
  evaluate,
  type FitOptions,
  fit,
  mse,
  OneHotEncoder,
  parseCsv,
  predict,
  Sequential,
  SGD,
  Standardizer,
  stackColumns,
} from "../../src/index.js";
import { expectMistakes } from "../support/mistakes.js";

const columns = { inputs: 2, units: 1 };

const train = (options: object) => {
  const model = new Sequential(new Dense(columns));
  return fit(model, {
    inputs: ones([4, 2]),
    targets: ones([4, 1]),
    loss: mse,
    optimizer: new SGD(model.parameters()),
    epochs: 1,
    progress: false,
    ...options,
  } as FitOptions);
};

const refused = { name: "DataError", op: "fit" };
const rows = (bad: unknown): never =>
  untyped([
    [1, 2],
    [3, bad],
    [5, 6],
  ]);

expectMistakes("rows of data", [
  ...[Number.NaN, Number.POSITIVE_INFINITY].map(
    (value): Mistake => ({
      ...refused,
      does: `trains on ${value}`,
      run: () => train({ inputs: rows(value), targets: ones([3, 1]) }),
      says: [`inputs has ${value} in row 1, column 1 (counted from 0)`],
      fix: "remove the row, or fill the gap, as Imputer does",
      fields: { row: 1, column: 1, value },
    }),
  ),
  {
    ...refused,
    does: "validates on NaN",
    run: () => train({ validation: { inputs: [[1, 2]], targets: [[Number.NaN]] } }),
    says: ["validation targets has NaN in row 0, column 0"],
    fix: "remove the row",
    fields: { row: 0 },
  },
  ...[
    [null, "null"],
    [undefined, "undefined"],
    ["7", "string 7"],
  ].map(
    ([value, shown]): Mistake => ({
      does: `trains on ${shown}`,
      run: () => train({ inputs: rows(value), targets: ones([3, 1]) }),
      name: "DTypeError",
      op: "asTensor",
      says: [`entry [1][1] is ${shown}`],
      fix: "use numbers",
    }),
  ),
  {
    does: "trains on a row of another length",
    run: () => train({ inputs: [[1, 2], [3], [5, 6]], targets: ones([3, 1]) }),
    name: "ShapeError",
    op: "asTensor",
    says: ["row [1] has length 1", "2"],
    fix: "equally long",
  },
  {
    ...refused,
    does: "trains on no rows",
    run: () => train({ inputs: ones([0, 2]), targets: ones([0, 1]) }),
    says: ["the data is empty: inputs has 0 rows"],
    fix: "at least one row",
  },
  {
    does: "gives fewer targets than inputs",
    run: () => train({ targets: ones([3, 1]) }),
    name: "ShapeError",
    op: "fit",
    says: ["inputs has 4 rows, targets has 3"],
    fix: "one row for each example",
    fields: {
      shapes: [
        [4, 2],
        [3, 1],
      ],
    },
  },
  ...[0, 2.5].flatMap((batchSize): Mistake[] =>
    (
      [
        ["fit", () => train({ batchSize })],
        ["DataLoader", () => new DataLoader({ x: ones([4]) }, { batchSize })],
      ] as const
    ).map(([op, run]) => ({
      does: `gives ${op} a batchSize of ${batchSize}`,
      run,
      name: "ValueError",
      op,
      says: [`batchSize is ${batchSize}`],
      fix: "a positive integer",
    })),
  ),
  {
    does: "predicts from columns that are too many",
    run: () => predict(new Sequential(new Dense(columns)), ones([4, 3])),
    name: "ShapeError",
    op: "Dense",
    says: ["expected shape […, 2], got [4, 3]", "in module 0"],
    fix: "inputs: 3",
  },
  {
    does: "predicts from no rows",
    run: () => predict(new Sequential(new Dense(columns)), ones([0, 2])),
    name: "DataError",
    op: "predict",
    says: ["inputs has 0 rows"],
    fix: "at least one row",
  },
  {
    does: "evaluates on NaN",
    run: () =>
      evaluate(new Dense(columns), { inputs: rows(Number.NaN), targets: ones([3, 1]), loss: mse }),
    name: "DataError",
    op: "evaluate",
    says: ["inputs has NaN in row 1, column 1"],
    fix: "Imputer",
  },
  {
    does: "standardises NaN",
    run: () => Standardizer.fit(rows(Number.NaN), { names: ["age", "weight"] }),
    name: "DataError",
    op: "Standardizer.fit",
    says: ['NaN in row 1, column "weight"'],
    fix: "Imputer",
    fields: { row: 1, column: "weight" },
  },
  {
    does: "encodes a category that was not seen",
    run: () => OneHotEncoder.fit(["red", "blue"]).transform(["red", untyped("green")]),
    name: "DataError",
    op: "OneHotEncoder.transform",
    says: ["green", "row 1"],
    fix: "fit on all categories",
    fields: { row: 1 },
  },
  {
    does: "joins columns with a gap",
    run: () => stackColumns({ age: Float64Array.of(1, Number.NaN) }),
    name: "DataError",
    op: "stackColumns",
    says: ["age", "row 1"],
    fix: "fill the gap",
  },
]);

const run = (loss: (y: Tensor) => Tensor, compile: boolean) => () => train({ loss, compile });
expectMistakes(
  "runs",
  [true, false].flatMap((compile): Mistake[] => {
    const way = compile ? "compiled" : "eagerly";
    return [
      {
        does: `meets a loss that is not finite, ${way}`,
        run: run((y) => y.sub(y).log().mean(), compile),
        name: "TrainingError",
        op: "fit",
        says: ["at epoch 1, step 1", "the first bad operation is log", "the last good step"],
        fix: "lower the learning rate (now 0.001, try 0.0001)",
        fields: { epoch: 1, step: 1, operation: "log" },
      },
      {
        does: `gives a loss for each row, ${way}`,
        run: run((y) => y, compile),
        name: "ShapeError",
        op: "fit",
        says: ["the loss has shape [4, 1]"],
        fix: ".mean()",
      },
    ];
  }),
);

expectMistakes("optimizers in fit", [
  {
    does: "gives the optimizer of another model",
    run: () => train({ optimizer: new SGD(new Dense(columns).parameters()) }),
    name: "ValueError",
    op: "fit",
    says: ["the optimizer has none of the model's parameters"],
    fix: "new SGD(model.parameters(), ...)",
  },
]);

const csv = { name: "DataError", op: "parseCsv" };
const read =
  (text: string, options = {}) =>
  () =>
    parseCsv(text, { source: "homes.csv", ...options });
expectMistakes("CSV", [
  {
    ...csv,
    does: "never closes a quote",
    run: read('a,b\n1,"x\n3,4\n'),
    says: ["homes.csv, line 2, column 3: the quote opened here is never closed"],
    fix: "put the whole field in quotes",
    fields: { line: 2, position: 3 },
  },
  {
    ...csv,
    does: "puts a quote inside a field",
    run: read('a,b\n6" pipe,4\n'),
    says: ["line 2, column 2: the quote stands inside a field"],
    fix: "double a quote within it",
    fields: { line: 2, position: 2 },
  },
  {
    ...csv,
    does: "leaves a field out",
    run: read("a,b,c\n1,2,3\n4,5\n"),
    says: ["homes.csv, line 3: found 2 fields, expected 3"],
    fix: "add what is missing",
    fields: { line: 3 },
  },
  {
    ...csv,
    does: "has a field too many",
    run: read("a,b\n1,2,3\n"),
    says: ["line 2: found 3 fields, expected 2"],
    fix: "in quotes",
    fields: { line: 2 },
  },
  {
    ...csv,
    does: "writes decimal commas",
    run: read('a;b\n"1,5";2\n', { delimiter: ";", columns: { a: "number" } }),
    says: ['line 2, column "a"', '"1,5"'],
    fix: 'decimal: ","',
    fields: { line: 2, column: "a", value: "1,5" },
  },
  {
    ...csv,
    does: "has text in a column of numbers",
    run: read("a,b\n1,2\nmany,3\n"),
    says: ['line 3, column "a": "many" is no number'],
    fix: 'columns: { "a": "text" }',
    fields: { line: 3, row: 1, column: "a", value: "many" },
  },
  {
    ...csv,
    does: "names another delimiter than the file has",
    run: read("a;b\n1;2\n", { columns: { b: "number" } }),
    says: ['has no column "b"'],
    fix: 'say delimiter: ";"',
  },
  {
    ...csv,
    does: "has a duplicate header",
    run: read("a,b,a\n1,2,3\n"),
    says: ['duplicate header: columns 1 and 3 are both "a"'],
    fix: "rename one",
  },
  { ...csv, does: "is empty", run: read(""), says: ["homes.csv is empty"], fix: "a header row" },
]);
