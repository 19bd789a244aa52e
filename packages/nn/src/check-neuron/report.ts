import { NeuriteError } from "@neurite/autograd";

/** What one check found. */
export interface Verdict {
  /** What was checked. */
  readonly check: string;
  /** A warning tells of a doubtful beginning; only what is wrong makes the report not ok. */
  readonly status: "ok" | "warning" | "wrong";
  /** What was found, with the worst number. */
  readonly found: string;
  /** What to do, unless all is well. */
  readonly fix?: string | undefined;
}

/** What `checkNeuron` found; as a text, one line for each check. */
export class NeuronReport {
  constructor(
    /** The name of the class. */
    readonly neuron: string,
    readonly verdicts: readonly Verdict[],
  ) {}

  /** Whether nothing is wrong. */
  get ok(): boolean {
    return this.verdicts.every(({ status }) => status !== "wrong");
  }

  /** What a check found. */
  verdict(check: string): Verdict | undefined {
    return this.verdicts.find((verdict) => verdict.check === check);
  }

  toString(): string {
    const width = Math.max(...this.verdicts.map(({ check }) => check.length));
    const lines = this.verdicts.map(({ check, status, found, fix }) => {
      const line = `${check.padEnd(width)}  ${status.padEnd(7)}  ${found}`;
      return fix === undefined ? line : `${line}; fix: ${fix}`;
    });
    return [`${this.neuron}: ${this.ok ? "ok" : "wrong"}`, ...lines].join("\n");
  }
}

/** What a check says, without its name. */
export type Finding = Omit<Verdict, "check">;

export const ok = (found: string): Finding => ({ status: "ok", found });

export const warning = (found: string, fix: string): Finding => ({ status: "warning", found, fix });

export const wrong = (found: string, fix: string): Finding => ({ status: "wrong", found, fix });

/** Runs a check; an error that the neuron throws is what the check found. */
export function verdictOf(check: string, find: () => Finding): Verdict {
  try {
    return { check, ...find() };
  } catch (error) {
    const found = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    const fix = error instanceof NeuriteError ? error.fix : undefined;
    return { check, status: "wrong", found, fix };
  }
}
