export { readCsv } from "./data/read-csv.js";
export { fit } from "./training/node-fit.js";
export { consoleProgress, type ReportStream } from "./training/progress/console.js";
