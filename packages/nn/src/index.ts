export * as init from "./init.js";
export { seed } from "./keys.js";
export { Dense, type DenseOptions } from "./layers/dense.js";
export { Module, type ModuleOptions } from "./module.js";
