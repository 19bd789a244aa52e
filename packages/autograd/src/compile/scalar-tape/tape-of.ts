import type { Piece } from "../../trace/graph.js";
import { Assembler } from "./assemble.js";
import { Cells, takenBy } from "./cells.js";
import { findChains } from "./chains.js";
import { flatten } from "./flat.js";
import { groupsOf } from "./groups.js";
import type { Tape } from "./tape.js";

/** The tape of a piece whose nodes are numbers: see `canTape`. */
export function tapeOf(piece: Piece): Tape {
  const flat = flatten(piece);
  const chains = findChains(flat);
  const taken = takenBy(flat, chains);
  const cells = new Cells(flat);
  const used = [...flat.constants.keys()].filter((at) => taken[at] === 1);
  cells.addGiven(used);
  const constantBytes = cells.bytes;
  const given = [...piece.inputs.keys()].filter((at) => taken[at] === 1);
  cells.addGiven(given);
  const assembler = new Assembler(flat, chains, cells);
  const reads = assembler.copy("read", given);
  for (const group of groupsOf(flat, chains)) assembler.group(group);
  const outputs = assembler.copy("write", [...flat.outputs]);
  assembler.end();
  const ports = new Map(given.map((at, i) => [at, reads[i]!]));
  return {
    cells: cells.bytes,
    constants: used.map((at) => ({ ...flat.constants.get(at)!, cell: cells.at(at) })),
    constantBytes,
    routines: assembler.routines,
    program: assembler.words.finish(),
    inputs: piece.inputs.map((_, at) => ports.get(at) ?? null),
    outputs,
    steps: assembler.steps,
  };
}
