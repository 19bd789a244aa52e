/** One breach of the law, and the way out of it. */
export interface Violation {
  file: string;
  line: number;
  rule: string;
  problem: string;
  /** What to do about it, as a sentence. */
  remedy: string;
}
