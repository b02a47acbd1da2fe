/** Addresses and ids of publications in one form, so that the same page under two spellings is one page. */

/** Parameters that say who sent the reader, not what is read. */
const TRACKING = /^(utm_.*|fbclid|gclid|yclid|igshid|mc_[ce]id|ref_src)$/;
const MOBILE = /^(?:www|m|mobile|amp)\.(?=[^.]+\.)/;

/**
 * An http address without scheme, `www.`, tracking, anchor and end slash, in lower case but for its path; anything else
 * is an id and stays as it is, trimmed. Empty: nothing was named.
 */
export function addressOf(named: string): string {
  const text = named.trim();
  const [, rest] = /^https?:\/\/(.+)$/i.exec(text) ?? [];
  if (rest === undefined) return text;
  const [beforeAnchor = ""] = rest.split("#");
  const [place = "", query = ""] = beforeAnchor.split("?");
  const [host = "", ...path] = place.split("/");
  const kept = query
    .split("&")
    .filter((part) => part !== "" && !TRACKING.test((part.split("=")[0] as string).toLowerCase()))
    .sort();
  const page = [
    host
      .toLowerCase()
      .replace(/:(?:80|443)$/, "")
      .replace(MOBILE, ""),
    ...path.filter((p) => p !== "" && p !== "amp"),
  ];
  return kept.length === 0 ? page.join("/") : `${page.join("/")}?${kept.join("&")}`;
}

/** Several addresses in one cell: `a|b`, or parted by white space. */
export const addressesOf = (cell: string): string[] =>
  cell
    .split(/\s*\|+\s*|\s+/)
    .map(addressOf)
    .filter((address) => address !== "");
