/**
 * A process whose engine has shared memory, which is decided once for a process: races one thread
 * against two on `GEMM` or `W3`, and prints what it measured.
 */
import { setThreads } from "@neurite/autograd";
import { runWorkload } from "./harness/run-workload.js";
import { gemmThreads } from "./workloads/gemm.js";
import { classifierThreads } from "./workloads/w3-classifier.js";

setThreads(2);
const workload = process.argv[2] === "GEMM" ? gemmThreads : classifierThreads;
console.log(JSON.stringify(await runWorkload(workload)));
process.exit();
