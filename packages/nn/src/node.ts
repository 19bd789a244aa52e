export { type ReadCsvOptions, readCsv } from "./data/read-csv.js";
export { type StreamCsvOptions, streamCsv } from "./data/stream-csv.js";
export {
  type FileCheckpointOptions,
  readCheckpoint,
  saveCheckpoints,
  writeCheckpoint,
} from "./training/node/checkpoint-file.js";
export { fit, type NodeFitOptions } from "./training/node/fit.js";
export { csvLog, jsonLog } from "./training/node/log-files.js";
export { consoleProgress, type ReportStream } from "./training/progress/console.js";
