/** `vedette schema`: the JSON Schemas by which an editor completes scenario files. */
import { writeFile } from "node:fs/promises";
import { jsonSchemaTextOf, SCHEMA_NAMES, type SchemaName } from "@vedette/wire/schemas";
import { Argument, Command } from "commander";

export function schemaCommand(): Command {
  return new Command("schema")
    .description("print the JSON Schema of a file that you write, so that your editor completes it")
    .addArgument(new Argument("[name]", "kind of file").choices(SCHEMA_NAMES).default("scenario"))
    .option("--out <file>", "write it there instead of printing it")
    .option("--json", "JSON is what it prints anyway; errors too then")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette schema
  $ vedette schema network --out network.schema.json
In a YAML file, as first line, for editors with the YAML language server:
  # yaml-language-server: $schema=./network.schema.json`,
    )
    .action(async (name: SchemaName, { out }: { out?: string }) => {
      if (out === undefined) process.stdout.write(jsonSchemaTextOf(name));
      else await writeFile(out, jsonSchemaTextOf(name));
    });
}
