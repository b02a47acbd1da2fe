/** A batch sealed: one event over all members that are new, and each with the salt that makes it provable alone. */
import { canonicalJson } from "@vedette/core/record/hash";
import { SALT_BYTES } from "@vedette/core/record/header";
import { rootOf } from "@vedette/core/record/merkle";
import type { Appender } from "./appender.ts";
import { LeafHasher, sha256Fast } from "./fast-hash.ts";
import { checkName, checkText } from "./names.ts";
import type { BatchAppended, BatchDraft, Member } from "./store.ts";

/** Its keys were looked up before. */
export function appendBatchTo(appender: Appender, { members, progress, body, ...draft }: BatchDraft): BatchAppended {
  const fresh = freshOf(appender, members);
  const duplicate = members.length - fresh.length;
  if (progress !== undefined) appender.addProgress(progress);
  if (fresh.length === 0) return { added: 0, duplicate };
  const salts = appender.writer.chance(SALT_BYTES * fresh.length, `members of ${appender.nextSequence}`);
  const saltOf = (i: number): Uint8Array => salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES);
  const texts = fresh.map(({ key, value }) => {
    const text = canonicalJson(value);
    checkText(key, text);
    return text;
  });
  const hasher = new LeafHasher();
  const leaves = fresh.map(({ key }, i) => hasher.leafOf(saltOf(i), canonicalJson(key), texts[i] as string));
  const root = Buffer.from(rootOf(leaves, sha256Fast)).toString("hex");
  const header = appender.append({ ...draft, body: { ...body, count: fresh.length, root } });
  const { sequence } = header;
  for (const [position, { key }] of fresh.entries())
    appender.addMember({ sequence, position, key, value: texts[position] as string, salt: saltOf(position) });
  return { header, added: fresh.length, duplicate };
}

/** Known neither to the log nor to this batch. */
function freshOf(appender: Appender, members: readonly Member[]): readonly Member[] {
  const seen = new Set<string>();
  return members.filter(({ key }) => {
    if (seen.has(key) || appender.isKnown(key)) return false;
    checkName(key);
    seen.add(key);
    return true;
  });
}
