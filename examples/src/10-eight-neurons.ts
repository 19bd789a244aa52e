// Eight neurons of one's own, each on a task that it is made for, against as many parameters in
// plain ReLU neurons: the same samples, steps and optimizer, and a linear unit over either.
import { compare } from "./neurons/trial.js";
import { trials } from "./neurons/trials.js";

const seeds = [1, 2, 3];
const mean = (errors: readonly number[]) =>
  (errors.reduce((sum, error) => sum + error, 0) / errors.length).toFixed(3);

const rows = trials.map((trial) => {
  const { own, relu, ownParameters, reluParameters } = compare(trial, seeds);
  const parameters = `${ownParameters} against ${reluParameters}`;
  return [trial.neuron, trial.task, mean(own), mean(relu), parameters];
});
const table = [["neuron", "task", "error", "of ReLU", "parameters"], ...rows];
const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
for (const row of table) {
  const cells = row.map((cell, i) => cell.padEnd(widths[i]!));
  console.log(cells.join("  ").trimEnd());
}
