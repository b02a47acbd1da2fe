/** The client's types out of the server's OpenAPI document. `node tools/client-types.ts` writes them; a test tells when they are old. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describedApi } from "../apps/vedette/src/http/described.ts";
import {
  type Content,
  type Described,
  type OpenApi,
  operationsOf,
  type Parameter,
  type Schema,
} from "../apps/vedette/src/http/docs/openapi.ts";

export const TYPES_FILE = new URL("../packages/client/src/api.generated.ts", import.meta.url);

const JSON_TYPE = "application/json";
const HEAD = `/** Made from the server's OpenAPI document by \`node tools/client-types.ts\`. Not edited. */
`;

export function clientTypesOf(api: OpenApi): string {
  const schemas = Object.entries(api.components?.schemas ?? {}).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema, "")};\n`,
  );
  const operations = operationsOf(api).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const routes = operations.map(
    (one) => `  ${nameOf(one)}: ["${one.method.toUpperCase()}", ${JSON.stringify(one.path)}],`,
  );
  return [
    HEAD,
    ...schemas,
    `/** What is sent and what is answered, by the operation's name. */\nexport interface Api {\n${operations.map(operationType).join("\n")}\n}\n`,
    `/** Method and path of each. */\nexport const ROUTES = {\n${routes.join("\n")}\n} as const;\n`,
  ].join("\n");
}

function nameOf({ operation, method, path }: Described): string {
  if (operation.operationId === undefined) throw new Error(`${method} ${path} has no operationId`);
  return operation.operationId;
}

function operationType(described: Described): string {
  const { operation } = described;
  const { parameters = [], requestBody, responses = {}, summary } = operation;
  const body = requestBody?.content?.[JSON_TYPE]?.schema;
  const answers = Object.entries(responses).flatMap(([status, { content }]) =>
    status.startsWith("2") ? [answerType(content)] : [],
  );
  const parts = [
    parametersType("path", parameters),
    parametersType("query", parameters),
    parametersType(
      "headers",
      parameters.filter(({ in: place }) => place === "header").map((one) => ({ ...one, in: "headers" })),
    ),
    ...(body === undefined ? [] : [`body: ${typeOf(body, "    ")};`]),
    `answer: ${[...new Set(answers)].join(" | ") || "undefined"};`,
  ];
  const lines = parts.filter((part) => part !== "").map((part) => `    ${part}`);
  return `${summary === undefined ? "" : `  /** ${summary.replaceAll("*/", "* /")} */\n`}  ${nameOf(described)}: {\n${lines.join("\n")}\n  };`;
}

/** A body of another type comes as it is: its reader knows what to do with it. */
function answerType(content: Content | undefined): string {
  const types = Object.keys(content ?? {});
  if (types.length === 0) return "undefined";
  const schema = content?.[JSON_TYPE]?.schema ?? content?.["application/geo+json"]?.schema;
  return schema === undefined ? "Response" : typeOf(schema, "    ");
}

function parametersType(
  place: string,
  parameters: readonly (Omit<Parameter, "in"> & { readonly in: string })[],
): string {
  const own = parameters.filter((one) => one.in === place);
  if (own.length === 0) return "";
  const isOptional = own.every(({ required = false }) => !required);
  const fields = own.map(({ name, required = false, schema }) => {
    const type = typeOf(schema, "    ");
    return `readonly ${keyOf(name)}${required ? "" : "?"}: ${required ? type : `${type} | undefined`}`;
  });
  return `${place}${isOptional ? "?" : ""}: { ${fields.join("; ")} };`;
}

const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

function typeOf(schema: Schema, indent: string): string {
  const { $ref, const: only, enum: some, anyOf, oneOf, allOf, items, type, properties } = schema;
  if ($ref !== undefined) return $ref.split("/").at(-1) ?? "unknown";
  if (only !== undefined) return JSON.stringify(only);
  if (some !== undefined) return some.map((one) => JSON.stringify(one)).join(" | ");
  const forms = anyOf ?? oneOf;
  if (forms !== undefined) return unionOf(forms.map((one) => typeOf(one, indent)));
  if (allOf !== undefined) return allOf.map((one) => typeOf(one, indent)).join(" & ");
  if (properties !== undefined) return objectOf(schema, indent);
  if (Array.isArray(type)) return unionOf(type.map((one: string) => typeOf({ ...schema, type: one }, indent)));
  if (type === "array") return `readonly ${bracketed(items === undefined ? "unknown" : typeOf(items, indent))}[]`;
  if (type === "object") return mapOf(schema, indent);
  return PLAIN[type as string] ?? "unknown";
}

const PLAIN: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};

const unionOf = (types: readonly string[]): string => [...new Set(types)].join(" | ");
const bracketed = (type: string): string => (/ [|&] |^readonly /.test(type) ? `(${type})` : type);

function objectOf({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(
    ([name, field]) => `${inner}readonly ${keyOf(name)}${required.includes(name) ? "" : "?"}: ${typeOf(field, inner)};`,
  );
  return fields.length === 0 ? "Record<string, never>" : `{\n${fields.join("\n")}\n${indent}}`;
}

function mapOf({ patternProperties, additionalProperties }: Schema, indent: string): string {
  const values = Object.values(patternProperties ?? {});
  const value = values.length > 0 ? unionOf(values.map((one) => typeOf(one, indent))) : undefined;
  if (value !== undefined) return `Readonly<Record<string, ${value}>>`;
  return `Readonly<Record<string, ${typeof additionalProperties === "object" ? typeOf(additionalProperties, indent) : "unknown"}>>`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(TYPES_FILE, clientTypesOf(await describedApi("0")));
