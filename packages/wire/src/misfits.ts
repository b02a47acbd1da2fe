/** Where a value does not fit its schema. Schemas are compiled when they are first asked about: a command reads few of all kinds of file. */
import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";

export interface Misfit {
  /** JSON Pointer (RFC 6901). */
  readonly path: string;
  readonly message: string;
}

const COMPILED = new WeakMap<TSchema, Validator>();

/** None where it fits. */
export function misfitsIn(schema: TSchema, value: unknown): Misfit[] {
  const validator = COMPILED.get(schema) ?? (Compile(schema) as Validator);
  COMPILED.set(schema, validator);
  if (validator.Check(value)) return [];
  const misfits = validator.Errors(value).map(({ instancePath, message }) => ({ path: instancePath, message }));
  return misfits.length > 0 ? misfits : [{ path: "", message: "does not fit its schema" }];
}
