import { open, readFile, rename, rm } from "node:fs/promises";
import { ValueError } from "@neurite/autograd";
import type { TrainingCallback } from "../callback.js";
import { saveCheckpoints as inMemory } from "../checkpoint/checkpoint.js";
import { decodeState, encodeState } from "../checkpoint/container.js";
import type { TrainingState } from "../checkpoint/training-state.js";

export interface FileCheckpointOptions {
  /** The file; the last state replaces the one before. */
  readonly path: string;
  /** After every how many epochs to save; 1 by default. */
  readonly every?: number;
  /** After every how many steps to save, within epochs too; never by default. */
  readonly everySteps?: number;
  /** Takes the line that says how to resume an interrupted run; `console.log` by default. */
  readonly write?: (line: string) => void;
}

/**
 * Keeps the last state of a run in a file, also when Ctrl-C ends it. Go on with
 * `fit(model, { ..., resume: path })`.
 */
export function saveCheckpoints(options: FileCheckpointOptions): TrainingCallback {
  const { path, write = (line) => console.log(line), ...when } = options;
  const save = (state: TrainingState) => writeCheckpoint(path, state);
  return {
    ...inMemory({ ...when, save }),
    onEnd({ history }) {
      if (!history.interrupted) return;
      const place = `step ${history.steps}`;
      write(
        `saved after ${place}; go on with fit(model, { ..., resume: ${JSON.stringify(path)} })`,
      );
    },
  };
}

/** Writes a state to a file: the file is the old one or the new one, never a part. */
export async function writeCheckpoint(path: string, state: TrainingState): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(draft, "w");
    try {
      await file.writeFile(encodeState(state));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Reads a state that was written by `writeCheckpoint`. */
export async function readCheckpoint(path: string): Promise<TrainingState> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new ValueError("readCheckpoint", `${path} cannot be read: ${(cause as Error).message}`, {
      fix: "give the path of a checkpoint, or leave resume out to begin anew",
      cause,
    });
  }
  return decodeState(bytes, path);
}
