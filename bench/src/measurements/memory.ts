import { OURS } from "../harness/names.js";
import type { Section } from "../harness/result.js";

import { runChild } from "./child.js";

const TITLE = "W3, peak resident memory of the process";

/** The peak resident memory of a process that does nothing but train W3; the smallest of three. */
export const memory: Section = {
  id: "memory",
  title: TITLE,
  async run() {
    const kibibytes = Array.from({ length: 3 }, () => runChild<number>("train-process"));
    const row = {
      id: "memory",
      title: TITLE,
      subject: OURS,
      unit: "MB",
      value: (Math.min(...kibibytes) * 1024) / 1e6,
      target: 110,
      stretch: 80,
    } as const;
    return { timings: [], rows: [row] };
  },
};
