/**
 * The sweep of one satellite over a tree of cells. For a ball of cells it is decided as a whole, with bounds that err on
 * the safe side, whether all or none of them are in reach and in which hour; where that is open its parts are asked, and
 * at last its 64 cells one by one. So the work follows the edges of the swaths, not their area.
 */
import * as K from "../src/coverage-record";
import { setStep } from "./abeam-step";
import { decide, IN, OUT, UNSURE } from "./coverage-ball";
import { beginRows, markAll, oneByOne, rows } from "./coverage-cells";
import { address, begin, beginStep, field, mode, step, stepMs } from "./coverage-job";

/** Does one job (`K.JOB_LENGTH` doubles). @returns how many rows were written; -1 where there was no room for all */
export function cover(job: usize): i32 {
  begin(job);
  beginRows();
  const tree = address(job, K.TREE);
  const treeNodes = <i32>field(job, K.TREE_NODES);
  const nodes = <i32>field(job, K.NODES);
  const states = address(job, K.STATES);
  const stride = address(job, K.STATES_STRIDE);
  const suns = address(job, K.SUNS);
  const firstMs = field(job, K.FIRST_MS);
  for (let i = 0; i + 1 < nodes; i++) {
    const at = states + (<usize>i << 3);
    if (!mayCome(at, stride, tree)) continue;
    setStep(step, at, stride, suns + <usize>(24 * i), stepMs / 1000.0);
    // NaN is unlike itself.
    const isBefore = i > 0 && load<f64>(at - 8) === load<f64>(at - 8);
    const isAfter = i + 2 < nodes && load<f64>(at, 16) === load<f64>(at, 16);
    beginStep(firstMs + <f64>i * stepMs, isBefore, isAfter);
    if (!descend(tree, treeNodes)) return -1;
  }
  return rows;
}

/** May any cell below the tree's root come abeam between this node and the next? Not where either is unknown (NaN). */
function mayCome(states: usize, stride: usize, root: usize): bool {
  const x = field(root, K.CENTRE);
  const y = field(root, K.CENTRE + 1);
  const z = field(root, K.CENTRE + 2);
  const radius = field(root, K.RADIUS_KM);
  for (let later: usize = 0; later <= 8; later += 8) {
    const at = states + later;
    const vx = load<f64>(at + 3 * stride);
    const vy = load<f64>(at + 4 * stride);
    const vz = load<f64>(at + 5 * stride);
    let h = (x - load<f64>(at)) * vx + (y - load<f64>(at + stride)) * vy;
    h += (z - load<f64>(at + 2 * stride)) * vz;
    const most = radius * sqrt<f64>(vx * vx + vy * vy + vz * vz);
    // Also false for NaN.
    if (!(later === 0 ? h >= -most : h <= most)) return false;
  }
  return true;
}

/** @returns false where there was no room for all rows */
function descend(tree: usize, treeNodes: i32): bool {
  for (let n = 0; n < treeNodes; ) {
    const node = tree + <usize>n * (K.NODE_LENGTH << 3);
    const first = <i32>field(node, K.FIRST_WORD);
    const end = <i32>field(node, K.END_WORD);
    const verdict = decide(node);
    if (verdict === UNSURE && end - first > 1) {
      n++;
      continue;
    }
    if (verdict === IN && mode === K.MODE_MARK) markAll(first, end);
    else if (verdict !== OUT) {
      for (let word = first; word < end; word++) {
        if (!oneByOne(word)) return false;
      }
    }
    n = <i32>field(node, K.NEXT);
  }
  return true;
}
