/** A schema as HTML: every field with its type, its limits and what it means, nested as they are. */
import { esc } from "../../report/page/markup.ts";
import type { Schema } from "./openapi.ts";

export type Schemas = Readonly<Record<string, Schema>>;

/** Text with `code` in it. */
export const inlineOf = (text: string): string =>
  esc(text)
    .replace(/\s*\n\s*/g, " ")
    .replace(/`([^`]+)`/g, "<code>$1</code>");

/** The names of schemas in `components` lead to their own entry. */
export function schemaHtml(schema: Schema, schemas: Schemas): string {
  const inner = fieldsOf(schema);
  if (inner !== undefined) return inner === "" ? `<p class="type">${typeOf(schema, schemas)}</p>` : inner;
  const about = schema.description === undefined ? "" : ` <span>${inlineOf(schema.description)}</span>`;
  return `<p class="type">${typeOf(schema, schemas)}${about}</p>${nestedOf(schema, schemas)}`;

  function fieldsOf({ properties, required = [] }: Schema): string | undefined {
    if (properties === undefined) return undefined;
    const rows = Object.entries(properties).map(([name, field]) =>
      rowOf(name, field, required.includes(name), schemas),
    );
    return rows.length === 0 ? "" : `<ul class="fields">${rows.join("")}</ul>`;
  }
}

function rowOf(name: string, field: Schema, isRequired: boolean, schemas: Schemas): string {
  const about = [field.description, limitsOf(field)].filter((text) => text !== undefined && text !== "").join("; ");
  return (
    `<li><code class="name">${esc(name)}</code>${isRequired ? "" : '<span class="optional" title="may be left out">?</span>'} ` +
    `<span class="type">${typeOf(field, schemas)}</span>${about === "" ? "" : ` <span class="about">${inlineOf(about)}</span>`}` +
    `${nestedOf(field, schemas)}</li>`
  );
}

/** What lies inside: of an object, of a list's items, of each form that something may take. */
function nestedOf(schema: Schema, schemas: Schemas): string {
  const { properties, items, anyOf } = schema;
  if (properties !== undefined) return schemaHtml(schema, schemas);
  if (items !== undefined) return nestedOf(items, schemas);
  return (anyOf ?? []).map((one) => nestedOf(one, schemas)).join("");
}

function typeOf(schema: Schema, schemas: Schemas): string {
  const { $ref, const: only, enum: some, anyOf, oneOf, items, type, properties, additionalProperties } = schema;
  if ($ref !== undefined) return refOf($ref, schemas);
  if (only !== undefined) return `<code>${esc(JSON.stringify(only))}</code>`;
  if (some !== undefined) return some.map((one) => `<code>${esc(JSON.stringify(one))}</code>`).join(" or ");
  const forms = anyOf ?? oneOf;
  if (forms !== undefined) return [...new Set(forms.map((one) => typeOf(one, schemas)))].join(" or ");
  if (items !== undefined) return `list of ${typeOf(items, schemas)}`;
  if (properties !== undefined) return "object";
  if (type === "object") {
    const value =
      typeof additionalProperties === "object"
        ? additionalProperties
        : Object.values(schema.patternProperties ?? {})[0];
    return value === undefined ? "object" : `object of ${typeOf(value, schemas)} by name`;
  }
  return esc(typeof type === "string" ? type : (type?.join(" or ") ?? "anything"));
}

function refOf(ref: string, schemas: Schemas): string {
  const name = ref.split("/").at(-1) ?? ref;
  return schemas[name] === undefined ? esc(name) : `<a href="#schema-${esc(name)}">${esc(name)}</a>`;
}

/** Nobody reads a longer one here; the OpenAPI document has it. */
const LONGEST_PATTERN = 50;

export function limitsOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, format } = schema;
  const said = [
    rangeOf(minimum, maximum, ""),
    rangeOf(minLength, maxLength, " characters"),
    rangeOf(minItems, maxItems, " items"),
    format,
    pattern === undefined || pattern.length > LONGEST_PATTERN ? undefined : `matches ${pattern}`,
    schema.default === undefined ? undefined : `${JSON.stringify(schema.default)} where left out`,
  ];
  return said.filter((text) => text !== undefined).join("; ");
}

function rangeOf(least: number | undefined, most: number | undefined, what: string): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  if (least === undefined) return `at most ${most}${what}`;
  return most === undefined ? `at least ${least}${what}` : `${least} to ${most}${what}`;
}
