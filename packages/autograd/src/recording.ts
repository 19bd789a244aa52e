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
