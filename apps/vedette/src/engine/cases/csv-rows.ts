/** Small tables of our own as rows, with one clear error where one is not as it should be. For big or foreign ones: feeds/. */
import { readFile } from "node:fs/promises";
import { reasonOf } from "../../feeds/reason.ts";
import { InputError } from "../../problem.ts";
import { shownPath } from "../../scenario/paths.ts";

export interface Row {
  readonly columns: readonly string[];
  text(column: string): string;
  number(column: string): number;
}

export async function csvRows(file: string, needed: readonly string[]): Promise<Row[]> {
  let whole: string;
  try {
    whole = await readFile(file, "utf8");
  } catch (error) {
    throw new InputError([{ file: shownPath(file), message: `cannot be read: ${reasonOf(error)}` }]);
  }
  const lines = whole.split(/\r?\n/).filter((line) => line !== "");
  const columns = cellsOf(lines[0] ?? "");
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new InputError([
      { file: shownPath(file), line: 1, message: `has no column ${missing.join(", no column ")}` },
    ]);
  return lines.slice(1).map((line, i): Row => {
    const cells = cellsOf(line);
    const text = (column: string): string => cells[columns.indexOf(column)] ?? "";
    return {
      columns,
      text,
      number(column) {
        const value = Number(text(column));
        if (text(column) !== "" && Number.isFinite(value)) return value;
        const message = `${column}: expected a number, found "${text(column)}"`;
        throw new InputError([{ file: shownPath(file), line: i + 2, message }]);
      },
    };
  });
}

/** RFC 4180 within one line: a quoted cell may hold commas and doubled quotes. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain,
  );
}
