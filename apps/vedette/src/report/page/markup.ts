/** Small pieces of HTML. Text from a result goes through `esc`, always. */

export function esc(text: string | number): string {
  return String(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A link only where it is one: other schemes stay text. */
export function link(url: string | undefined, text: string): string {
  return url !== undefined && /^https?:\/\//.test(url)
    ? `<a href="${esc(url)}" rel="noreferrer">${esc(text)}</a>`
    : esc(text);
}

const THIN = "\u202f";

/** Tenths below a day, whole hours above; the sign is for changes. */
export function hours(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "unknown";
  return `${value.toFixed(Math.abs(value) < 23.95 ? 1 : 0)}${THIN}h`;
}

export function percent(share01: number | null | undefined): string {
  if (share01 === null || share01 === undefined || !Number.isFinite(share01)) return "unknown";
  const value = share01 * 100;
  return `${value.toFixed(value > 0 && value < 9.95 ? 1 : 0)}${THIN}%`;
}

export function whole(value: number): string {
  return value.toLocaleString("en").replaceAll(",", THIN);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** `Mon 15 June 2026, 00:00 UTC`. */
export function utcText(iso: string): string {
  const at = new Date(iso);
  const date = at.toLocaleDateString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return `${date}, ${at.toISOString().slice(11, 16)}${THIN}UTC`;
}

export interface Column {
  readonly head: string;
  /** Second line of the head: the unit, or what is meant. */
  readonly unit?: string;
  readonly numeric?: boolean;
}

export interface Cell {
  readonly html: string;
  /** Key to sort by, where it is not the text. */
  readonly sort?: string | number;
}

/** Head row of a table; sortable ones carry buttons. */
export function tableHead(columns: readonly Column[], sortable = false): string {
  const heads = columns.map(({ head, unit, numeric }, i) => {
    const name = `<span>${esc(head)}</span>`;
    const inside = sortable ? `<button type="button" data-column="${i}">${name}</button>` : name;
    const below = unit === undefined ? "" : `<small>${esc(unit)}</small>`;
    return `<th scope="col"${numeric ? ' class="n"' : ""}>${inside}${below}</th>`;
  });
  return `<thead><tr>${heads.join("")}</tr></thead>`;
}

/** The first cell names the row. */
export function tableRow(columns: readonly Column[], cells: readonly Cell[]): string {
  const inside = cells.map(({ html, sort }, i) => {
    const attributes = `${columns[i]?.numeric ? ' class="n"' : ""}${sort === undefined ? "" : ` data-sort="${esc(sort)}"`}`;
    return i === 0 ? `<th scope="row"${attributes}>${html}</th>` : `<td${attributes}>${html}</td>`;
  });
  return `<tr>${inside.join("")}</tr>`;
}

export function section(id: string, title: string, body: string): string {
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${esc(title)}</h2>${body}</section>`;
}
