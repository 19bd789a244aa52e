/**
 * What a column holds. A missing number is NaN where it is optional and an error elsewhere; a
 * missing text is empty.
 */
export type ColumnKind = "number" | "text" | "optional number" | "optional text";

/** The kind of each column, by name. */
export type ColumnKinds = Readonly<Record<string, ColumnKind>>;

type ColumnOf<K extends ColumnKind> = K extends "text" | "optional text"
  ? readonly string[]
  : Float64Array;

/** Named columns of equal length. */
export interface Table<C extends ColumnKinds = ColumnKinds> {
  readonly rows: number;
  readonly columns: { readonly [Name in keyof C]: ColumnOf<C[Name]> };
}

/** The content of each row as one text: equal rows have equal texts. */
export function rowContents(table: Table): string[] {
  const columns = Object.values(table.columns);
  return Array.from({ length: table.rows }, (_, row) =>
    JSON.stringify(columns.map((column) => column[row])),
  );
}
