/** What the module offers. Memory is the caller's: nothing here allocates. */
export { gmstOf } from "./time";
export { propagate, propagateBlock, PROPAGATE_WORK_BYTES } from "./propagate";
export { BLOCK } from "./near-earth";
export { scalarTeme } from "./scalar";
export { cover } from "./coverage";
export { COVER_WORK_BYTES } from "./coverage-job";
export { agesOf, agesWorkBytes } from "./ages";
export { countBits, gapsOf, gapsWorkBytes, orRow } from "./planes";
export { findPasses } from "./passes";
export { passErrorKm, passNodes } from "./pass-nodes";

/** First byte after the kernels' own constants. */
export const BASE: usize = __heap_base;
