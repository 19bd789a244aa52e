import { type ErrorFacts, NeuriteError } from "@neurite/autograd";

interface DataFacts extends ErrorFacts {
  /** The line of the file, from 1. */
  readonly line?: number;
  /** The character within the line, from 1. */
  readonly position?: number;
  /** The row of the table or tensor, from 0. */
  readonly row?: number;
  /** The name of the column, or its number from 0. */
  readonly column?: string | number;
  /** What stood there. */
  readonly value?: string | number;
}

/** Data that cannot be read or learnt from: the place, what stands there, and the way out. */
export class DataError extends NeuriteError {
  override readonly name = "DataError";
  readonly line: number | undefined;
  readonly position: number | undefined;
  readonly row: number | undefined;
  readonly column: string | number | undefined;
  readonly value: string | number | undefined;

  constructor(op: string, problem: string, facts: DataFacts = {}) {
    super(op, problem, facts);
    this.line = facts.line;
    this.position = facts.position;
    this.row = facts.row;
    this.column = facts.column;
    this.value = facts.value;
  }
}
