/** The ONNX files that an exercise's policies ask for, read once and given to every thread as bytes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Exercise } from "@vedette/wire/exercise";
import { InputError } from "../problem.ts";
import { type Cursor, childOf, itemsOf, problemAt, textOf } from "../scenario/located.ts";
import { folderOf, resolveReference, SHIPPED_ROOT } from "../scenario/paths.ts";

/** By the name that a file has in the exercise; "": the shipped one. */
export type Nets = Readonly<Record<string, Uint8Array>>;

export const SHIPPED_NET: string = join(SHIPPED_ROOT, "data", "policies", "stations.onnx");

/** @param path of the exercise: files are named from its folder @throws InputError for one that cannot be read, at the line that names it */
export async function readNets(root: Cursor, { policy }: Exercise, path: string): Promise<Nets> {
  if (policy === undefined) return {};
  const at = childOf(root, "policy") as Cursor;
  const asked = [at, ...itemsOf(childOf(at, "roles")).flatMap((role) => childOf(role, "policy") ?? [])];
  const others = childOf(at, "others");
  const nets: Record<string, Uint8Array> = {};
  for (const choice of others === undefined ? asked : [...asked, others]) {
    if (textOf(childOf(choice, "kind")) !== "learned") continue;
    const file = childOf(choice, "file");
    nets[textOf(file) ?? ""] = await bytesOf(file ?? choice, textOf(file), path);
  }
  return nets;
}

async function bytesOf(at: Cursor, file: string | undefined, path: string): Promise<Uint8Array> {
  const resolved = file === undefined ? { path: SHIPPED_NET } : resolveReference(file, folderOf(path));
  if ("refused" in resolved) throw new InputError([problemAt(at, resolved.refused)]);
  try {
    return new Uint8Array(await readFile(resolved.path));
  } catch (error) {
    throw new InputError([problemAt(at, `expected an ONNX file: ${(error as Error).message}`)]);
  }
}
