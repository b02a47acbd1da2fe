/** The compiled kernels with a memory to work in. Pure: same input, same bytes, on any machine. */
import { PLAIN, SHARED } from "../build/bytes.ts";

/** Addresses are bytes into the memory; what each function takes stands with it in `assembly/`. */
export interface KernelFunctions {
  readonly BASE: { readonly value: number };
  readonly BLOCK: { readonly value: number };
  readonly PROPAGATE_WORK_BYTES: { readonly value: number };
  gmstOf(utcMs: number, count: number, out: number): void;
  propagate(
    satellite: number,
    utcMs: number,
    gmst: number,
    count: number,
    out: number,
    stride: number,
    work: number,
  ): number;
  propagateBlock(
    vectors: number,
    scalars: number,
    scalarBytes: number,
    utcMs: number,
    count: number,
    out: number,
    stride: number,
    work: number,
  ): number;
  scalarTeme(record: number, minutes: number, out: number): number;
  passNodes(plan: number): number;
  passErrorKm(plan: number): number;
  findPasses(plan: number, firstSite: number): number;
  readonly COVER_WORK_BYTES: { readonly value: number };
  cover(job: number): number;
  orRow(into: number, from: number, bytes: number): void;
  agesWorkBytes(most: number): number;
  agesOf(
    first: number,
    at: number,
    tag: number,
    channels: number,
    fromCell: number,
    toCell: number,
    unitMs: number,
    spanMs: number,
    cells: number,
    minutes: number,
    bins: number,
    most: number,
    work: number,
  ): void;
  countBits(at: number, bytes: number): number;
  gapsWorkBytes(hours: number): number;
  gapsOf(
    plane: number,
    rowBytes: number,
    hours: number,
    firstWord: number,
    endWord: number,
    cells: number,
    seen: number,
    longest: number,
    histogram: number,
    work: number,
  ): void;
}

const PAGE_BYTES = 65_536;
const FIRST_PAGES = 16;
/** 4 GiB: an address has 32 bits. */
const MOST_PAGES = 65_536;
const ALIGNMENT = 16;

/** One instance and the part of its memory that is its own: taken from the front, given back in reverse order. */
export class Kernel {
  readonly run: KernelFunctions;
  readonly memory: Memory;
  readonly #end: number;
  #next: number;

  /** `range`: the bytes of a shared memory that belong to this instance; absent, all after the constants. */
  constructor(run: KernelFunctions, memory: Memory, range?: Range) {
    this.run = run;
    this.memory = memory;
    this.#next = range?.start ?? aligned(run.BASE.value);
    this.#end = range?.end ?? MOST_PAGES * PAGE_BYTES;
  }

  /** Address of so many bytes that nobody else uses, until `release`. @throws RangeError where the memory is full */
  take(bytes: number): number {
    const at = this.#next;
    const end = aligned(at + bytes);
    if (end > this.#end) throw new RangeError(`the kernel's memory has no ${bytes} bytes left`);
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    this.#next = end;
    return at;
  }

  /** Gives back everything taken since `at` was. */
  release(at: number): void {
    this.#next = at;
  }

  /** A view of doubles; invalid once more is taken. */
  doubles(at: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, count);
  }
}

/** What of the machine is used: a test hands over one that lacks something. */
export interface Machine {
  readonly WebAssembly?: {
    validate(bytes: Uint8Array<ArrayBuffer>): boolean;
    readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: object };
    readonly Memory: new (pages: {
      readonly initial: number;
      readonly maximum?: number;
      readonly shared?: boolean;
    }) => Memory;
  };
  readonly SharedArrayBuffer?: unknown;
  atob(base64: string): string;
}

/** A WebAssembly memory. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Bytes of a memory. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** An instance with a memory of its own. `undefined` where the machine has no WebAssembly with SIMD. */
export function kernelOf(machine: Machine): Kernel | undefined {
  const { WebAssembly } = machine;
  return WebAssembly && instanceOf(PLAIN, machine, new WebAssembly.Memory({ initial: FIRST_PAGES }));
}

/** A memory that threads can share; `undefined` where the machine has none. */
export function sharedMemoryOf(machine: Machine): Memory | undefined {
  const { WebAssembly } = machine;
  if (WebAssembly === undefined || machine.SharedArrayBuffer === undefined) return undefined;
  return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES, shared: true });
}

/** An instance on its own part of a shared memory; `undefined` where the machine has no SIMD. */
export function kernelOn(memory: Memory, range: Range, machine: Machine): Kernel | undefined {
  return instanceOf(SHARED, machine, memory, range);
}

/** This thread's own, where the machine can. */
export const kernel: Kernel | undefined = kernelOf(globalThis as unknown as Machine);

function instanceOf(base64: string, machine: Machine, memory: Memory, range?: Range): Kernel | undefined {
  const { WebAssembly } = machine;
  const bytes = Uint8Array.from(machine.atob(base64), (c) => c.charCodeAt(0));
  // Without SIMD, the module is no valid one.
  if (WebAssembly === undefined || !WebAssembly.validate(bytes)) return undefined;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return new Kernel(exports as KernelFunctions, memory, range);
}

function aligned(at: number): number {
  return Math.ceil(at / ALIGNMENT) * ALIGNMENT;
}
