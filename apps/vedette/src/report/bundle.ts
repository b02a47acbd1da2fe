/** The page's script and style, made when a report is written: nothing built stands in the repository. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** One minified script that needs nothing else. @param entry beside this file */
export async function bundledScript(entry = "./client/main.ts"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [pathOf(entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error("esbuild gave no output");
  // `</script` in a string would end the element.
  return script.text.replaceAll("</script", "<\\/script").trim();
}

/** @param more other sheets, beside this file */
export async function styleSheet(...more: readonly string[]): Promise<string> {
  const paths = ["./page/colours.css", "./page/page.css", ...more];
  const sheets = await Promise.all(paths.map((path) => readFile(pathOf(path), "utf8")));
  return (await transform(sheets.join("\n"), { loader: "css", minify: true })).code;
}
