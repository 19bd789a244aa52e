import {
  checkpoint,
  type Operand,
  scalar,
  scan,
  scope,
  serialize,
  type Tensor,
  tensor,
} from "../../src/index.js";
import { float64 } from "./values.js";

export type Entry = { [field: string]: unknown };
export type Header = { [table: string]: Entry[] } & { version?: unknown; format?: unknown };

/** One node of each kind: leaves, movements, a reduction, a product, a loop, a checkpoint. */
export function example(): Uint8Array {
  const w = scalar(0.5, { label: "w" });
  const x = float64([
    [1, 2, 3],
    [4, 5, 6],
  ]).as("x");
  const part = scope("part", () => x.slice(null, [0, 2]).transpose().reshape([4]), "Part");
  const index = tensor(
    [
      [0, 2],
      [1, 1],
    ],
    { dtype: "int32" },
  );
  const step = checkpoint((h: Operand, t: Operand) => h.mul(w).add(t).tanh());
  const [last, all] = scan(
    (h: Tensor, t: Tensor) => [step(h, t) as Tensor, h],
    float64(0),
    part.pad([[1, 1]], { value: Number.NaN }),
  ) as [Tensor, Tensor];
  const picked = x
    .gather(index, 1)
    .matmul(float64([[1], [2]]))
    .gt(1)
    .where(last, w);
  return serialize({ y: picked.sum().add(all.sum()), w });
}

export const bytesOfHeader = (file: Uint8Array) =>
  Number(new DataView(file.buffer).getBigUint64(0, true));

/** The file with another text for its header. */
export function withText(file: Uint8Array, edit: (text: string) => string): Uint8Array {
  const end = 8 + bytesOfHeader(file);
  const text = new TextEncoder().encode(edit(new TextDecoder().decode(file.subarray(8, end))));
  const edited = new Uint8Array(8 + text.length + file.length - end);
  new DataView(edited.buffer).setBigUint64(0, BigInt(text.length), true);
  edited.set(text, 8);
  edited.set(file.subarray(end), 8 + text.length);
  return edited;
}

export const edited = (file: Uint8Array, edit: (header: Header) => void): Uint8Array =>
  withText(file, (text) => {
    const header = JSON.parse(text) as Header;
    edit(header);
    return JSON.stringify(header);
  });
