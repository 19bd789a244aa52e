import { type Tensor, ValueError, type Variable } from "@neurite/autograd";
import { listDifferences, matchState, type StateDict } from "./state.js";

type NamedState = Iterable<readonly [name: string, variable: Variable]>;

/** What an optimizer, a schedule or the like remembers, with its class in front of every name. */
export function readOwnState(owner: string, state: NamedState): StateDict {
  return Object.fromEntries(
    Array.from(state, ([name, cell]): [string, Tensor] => [
      `${owner}.${name}`,
      cell.stopGradient(),
    ]),
  );
}

/** Loads what `readOwnState` gave for an object of the same class: all of it, or it is an error. */
export function writeOwnState(owner: string, state: NamedState, given: StateDict): void {
  const foreign = Object.keys(given).find((name) => !name.startsWith(`${owner}.`));
  if (foreign !== undefined) {
    const other = foreign.split(".", 1)[0];
    throw new ValueError("loadStateDict", `${owner} was given the state of ${other}: ${foreign}`, {
      fix: `load it into what it was saved from, and here a state of ${owner}`,
    });
  }
  const named = Array.from(state, ([name, cell]) => [`${owner}.${name}`, cell] as const);
  const { differences, assign } = matchState(named, given);
  const list = listDifferences(differences);
  if (list !== "") {
    throw new ValueError("loadStateDict", `the state does not fit this ${owner}; ${list}`, {
      fix: "make it as the one that was saved: for the same parameters, with the same options",
    });
  }
  assign();
}
