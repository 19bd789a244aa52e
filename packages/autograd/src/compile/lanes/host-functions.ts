import { angleWithin, quarterTurns } from "../../numerics/special/angle.js";
import type { HostFunction } from "./expression.js";

export const fmod = (a: number, b: number): number => a % b;

/** Every function that kernels may call for a lane: each module can import them. */
export const hostFunctions: readonly HostFunction[] = [quarterTurns, angleWithin, fmod];
