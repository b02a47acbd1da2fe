/** The thread's shell of a coverage sweep: on its own part of a memory that all threads share. */
import type { Coverage, CoveragePlace, CoveragePlan, SlicePart, Swept } from "@vedette/core/access/coverage";
import { type AgePart, agesOfCells } from "@vedette/core/access/coverage-age";
import {
  type Groups,
  gapsOfWords,
  type LitHours,
  uniteHours,
  type WordGaps,
} from "@vedette/core/access/coverage-query";
import { CoverageSweep } from "@vedette/core/access/coverage-slice";
import type { HourSlice } from "@vedette/core/access/coverage-sweep";
import { type Kernel, kernelOn, type Machine, type Memory } from "@vedette/kernel/kernel";
import { workerData } from "piscina";

/** What every thread is given once. */
export interface CoverageData {
  readonly plan: CoveragePlan;
  readonly place: CoveragePlace;
  readonly memory: Memory;
  /** Threads take parts of the memory in the order in which they come: how many have. */
  readonly taken: Int32Array;
  readonly firstByte: number;
  readonly bytes: number;
  /** Parts of that size. */
  readonly parts: number;
}

const { plan, place, memory, taken, firstByte, bytes, parts }: CoverageData = workerData;
const part = Atomics.add(taken, 0, 1);
// Behind the last part the moments begin: a thread that follows one that died would write into them.
if (part >= parts) throw new Error("a coverage thread ended, and its part of the memory is taken: begin again");
const start = firstByte + part * bytes;
const own: Kernel | undefined = kernelOn(memory, { start, end: start + bytes }, globalThis as unknown as Machine);
if (own === undefined) throw new Error("a thread without the kernel that the others have");
const kernel = own;
const bits = () => memory.buffer;
const sweep = new CoverageSweep(plan, place, kernel, bits);

export function sliceTask({ fromHour, toHour }: HourSlice): SlicePart {
  return sweep.slice(fromHour, toHour);
}

/** A part of a question; `swept` without its unknown stretches, which no part asks for. */
export interface QuestionTask {
  readonly swept: Swept;
  readonly groups: Groups;
  readonly from: number;
  readonly to: number;
}

const coverageOf = (swept: Swept): Coverage => ({ plan, place, kernel, bits, swept });

export function uniteTask({ swept, groups, from, to }: QuestionTask): LitHours {
  return uniteHours(coverageOf(swept), groups, from, to);
}

export function gapsTask({ swept, from, to }: QuestionTask): WordGaps {
  return gapsOfWords(coverageOf(swept), from, to);
}

export function agesTask({ swept, groups, from, to }: QuestionTask): AgePart {
  return agesOfCells(coverageOf(swept), groups, from, to);
}
