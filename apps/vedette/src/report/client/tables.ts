/** Tables that sort by a click on a column's head, and bodies that follow the chosen sensor kind. */

/** The row of the whole network stays on top. */
export function attachSorting(table: HTMLTableElement): void {
  for (const button of table.querySelectorAll<HTMLButtonElement>("thead th button")) {
    const head = button.closest("th");
    if (head === null) continue;
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") !== "descending";
      for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const column = Number(button.dataset["column"]);
      for (const body of table.tBodies) sortBody(body, column, descending);
    });
  }
}

function sortBody(body: HTMLTableSectionElement, column: number, descending: boolean): void {
  const keyOf = (row: HTMLTableRowElement) => row.cells[column]?.dataset["sort"] ?? "";
  const rows = [...body.rows]
    .filter((row) => !row.classList.contains("base"))
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
  body.append(...(descending ? rows.reverse() : rows));
}

/** Numbers as numbers; an empty key, unknown, comes first. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [Number(a), Number(b)];
  if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : 1;
}

/** Shows the body of one kind and hides the others. */
export function showKind(kind: string): void {
  for (const body of document.querySelectorAll<HTMLTableSectionElement>("tbody[data-kind]"))
    body.hidden = body.dataset["kind"] !== kind;
  for (const name of document.querySelectorAll<HTMLElement>("[data-kind-name]"))
    name.hidden = name.dataset["kindName"] !== kind;
}
