import { ValueError, type Variable } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { type Listed, type ParameterList, readParameters, titleOf } from "./parameter-list.js";

/** Parameters that learn at another rate, or decay otherwise, than those in no group. */
export interface ParameterGroup {
  /** Those whose path fits the pattern, or these. */
  readonly parameters: RegExp | Iterable<Variable>;
  /**
   * The group's rate as a multiple of the optimizer's, so that schedules move all groups together;
   * 1 by default, and 0 keeps the parameters where they are.
   */
  readonly learningRateFactor?: number;
  /** By default the optimizer's. */
  readonly weightDecay?: number;
}

/** A parameter as an optimizer knows it. */
export interface Member extends Listed {
  readonly learningRateFactor: number;
  readonly weightDecay: number;
}

/** Reads what an optimizer was given to move, each parameter once and in one group at most. */
export function readMembers(
  optimizer: string,
  parameters: ParameterList,
  groups: readonly ParameterGroup[],
  weightDecay: number,
): readonly Member[] {
  const entries = readParameters(optimizer, parameters);
  const groupOf = new Map<Variable, number>();
  for (const [i, group] of groups.entries()) {
    checkNumber(optimizer, `groups[${i}].learningRateFactor`, group.learningRateFactor ?? 1, {
      min: 0,
    });
    checkNumber(optimizer, `groups[${i}].weightDecay`, group.weightDecay ?? 0, { min: 0 });
    for (const entry of entriesOf(optimizer, entries, group, i)) {
      const other = groupOf.get(entry.parameter);
      if (other !== undefined) {
        throw new ValueError(optimizer, `${titleOf(entry)} is in groups[${other}] and [${i}]`, {
          fix: "let the groups have no parameter in common",
        });
      }
      groupOf.set(entry.parameter, i);
    }
  }
  return entries.map((entry) => {
    const group = groups[groupOf.get(entry.parameter) ?? -1];
    return { ...entry, learningRateFactor: 1, weightDecay, ...settingsOf(group) };
  });
}

const settingsOf = ({ parameters: _, ...settings }: Partial<ParameterGroup> = {}) => settings;

/** The entries that belong to a group: at least one. */
function entriesOf(
  optimizer: string,
  entries: readonly Listed[],
  { parameters }: ParameterGroup,
  i: number,
): readonly Listed[] {
  if (!(parameters instanceof RegExp)) {
    const wanted = [...parameters];
    const at = wanted.findIndex((own) => entries.every(({ parameter }) => parameter !== own));
    if (at < 0 && wanted.length > 0) {
      return wanted.map((own) => entries.find(({ parameter }) => parameter === own)!);
    }
    const problem = at < 0 ? "no parameters" : `a variable, at ${at}, that is not in the list`;
    throw new ValueError(optimizer, `groups[${i}] has ${problem}`, {
      fix: "list the optimizer's own parameters, or give a pattern of their paths",
    });
  }
  const paths = entries.flatMap(({ path }) => path ?? []);
  const found = entries.filter(({ path }) => path !== undefined && path.search(parameters) >= 0);
  if (found.length > 0) return found;
  throw new ValueError(optimizer, `groups[${i}]: no parameter has a path like ${parameters}`, {
    fix:
      paths.length > 0
        ? `the paths are ${paths.join(", ")}`
        : "give model.namedParameters() in place of model.parameters(), so that there are paths",
  });
}
