import type { Op } from "../op.js";
import * as ops from "../ops/index.js";
import { constant, placeholder, snapshot } from "../ops/leaf.js";
import { project } from "../ops/project.js";
import { checkpointed } from "../transform/checkpoint.js";
import { scanOp } from "../transform/scan-op.js";

/** The ops that a file may name without their being given. */
export const builtIn: ReadonlyMap<string, Op> = new Map(
  [...Object.values(ops), constant, snapshot, placeholder, project, checkpointed, scanOp].map(
    (op) => [op.name, op as Op],
  ),
);
