let recording = true;

export const isRecording = (): boolean => recording;

/** Runs `body` with recording on or off. */
export function withRecording<T>(on: boolean, body: () => T): T {
  const outer = recording;
  recording = on;
  try {
    return body();
  } finally {
    recording = outer;
  }
}

/** Runs `body` without recording: its results are constants, and hold on to no graph. */
export const noGrad = <T>(body: () => T): T => withRecording(false, body);

let inRule = false;

/** Whether a derivative rule is running: what is recorded now belongs to a derivative. */
export const isInRule = (): boolean => inRule;

export function withinRule<T>(body: () => T): T {
  const outer = inRule;
  inRule = true;
  try {
    return body();
  } finally {
    inRule = outer;
  }
}
