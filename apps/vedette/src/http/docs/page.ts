/** The documentation as one page: no script, no style within it, nothing from elsewhere. */
import { PROBLEM_TYPE } from "@vedette/wire/problem-document";
import { esc } from "../../report/page/markup.ts";
import { type Content, type Described, type OpenApi, operationsOf, type Parameter } from "./openapi.ts";
import { inlineOf, limitsOf, type Schemas, schemaHtml } from "./schema-html.ts";

export interface DocsPlaces {
  readonly style: string;
  readonly document: string;
}

const OTHER = "other";

export function docsPage(api: OpenApi, { style, document }: DocsPlaces): string {
  const schemas = api.components?.schemas ?? {};
  const groups = [...Map.groupBy(operationsOf(api), ({ operation }) => operation.tags?.[0] ?? OTHER)];
  const { title, version, description = "" } = api.info;
  const about = description
    .split(/\n\s*\n/)
    .map((text) => `<p>${inlineOf(text)}</p>`)
    .join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(title)} ${esc(version)}: interface</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${esc(style)}">
</head>
<body>
<header>
<h1>${esc(title)} <small>interface, ${esc(version)}</small></h1>
${about}
<p><a href="${esc(document)}">OpenAPI ${esc(api.openapi)}, for programs</a></p>
</header>
<div class="frame">
<nav aria-label="Contents">
<details open>
<summary>Contents</summary>
${groups.map(([tag, all]) => menuOf(tag, all)).join("")}
${Object.keys(schemas).length === 0 ? "" : '<p><a href="#schemas">Schemas</a></p>'}
</details>
</nav>
<main>
${groups.map(([tag, all]) => `<section id="tag-${idOf(tag)}"><h2>${esc(nameOf(tag))}</h2>${all.map((one) => operationHtml(one, schemas)).join("")}</section>`).join("\n")}
${schemasHtml(schemas)}
</main>
</div>
</body>
</html>
`;
}

const idOf = (text: string): string => esc(text.replace(/[^A-Za-z0-9]+/g, "-"));
const nameOf = (tag: string): string => tag.charAt(0).toUpperCase() + tag.slice(1);
const anchorOf = ({ method, path, operation }: Described): string => idOf(operation.operationId ?? `${method} ${path}`);

function menuOf(tag: string, all: readonly Described[]): string {
  const items = all.map(
    (one) =>
      `<li><a href="#${anchorOf(one)}">${methodOf(one.method)}<span>${esc(one.operation.summary ?? one.path)}</span></a></li>`,
  );
  return `<h3><a href="#tag-${idOf(tag)}">${esc(nameOf(tag))}</a></h3><ul>${items.join("")}</ul>`;
}

const methodOf = (method: string): string => `<b class="method ${method}">${method.toUpperCase()}</b>`;

function operationHtml(described: Described, schemas: Schemas): string {
  const { method, path, operation } = described;
  const { summary = "", description, parameters = [], requestBody, responses = {} } = operation;
  const body = contentHtml(requestBody?.content, schemas);
  return `<article id="${anchorOf(described)}">
<details>
<summary>${methodOf(method)}<code class="path">${esc(path).replaceAll("/", "/<wbr>")}</code><span>${esc(summary)}</span></summary>
<div class="inner">
${description === undefined ? "" : `<p>${inlineOf(description)}</p>`}
${parametersHtml(parameters)}
${body === "" ? "" : `<h4>Sent</h4>${body}`}
<h4>Answers</h4>
${answersHtml(responses, schemas)}
</div>
</details>
</article>
`;
}

/** Problems in one line: they all have the same form. */
function answersHtml(responses: NonNullable<Described["operation"]["responses"]>, schemas: Schemas): string {
  const all = Object.entries(responses);
  const isProblem = ([, { content = {} }]: (typeof all)[number]): boolean => Object.hasOwn(content, PROBLEM_TYPE);
  const done = all
    .filter((one) => !isProblem(one))
    .map(([status, { description = "", content }]) => {
      const said = description === "Default Response" ? "" : description;
      const shown = contentHtml(content, schemas);
      return `<div class="answer">${statusOf(status)} ${inlineOf(said === "" && shown === "" ? "nothing more" : said)}${shown}</div>`;
    });
  const refused = all
    .filter(isProblem)
    .map(([status, { description = "" }]) => `${statusOf(status)} ${inlineOf(description)}`);
  return `${done.join("")}${refused.length === 0 ? "" : `<p class="refused"><a href="#schema-Problem">Problem</a>: ${refused.join("; ")}</p>`}`;
}

const statusOf = (status: string): string => `<b class="status s${status.charAt(0)}">${esc(status)}</b>`;

const PLACE: Readonly<Record<Parameter["in"], string>> = {
  path: "in the path",
  query: "in the query",
  header: "header",
  cookie: "cookie",
};

function parametersHtml(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return "";
  const rows = parameters.map(({ name, in: place, required = false, description, schema }) => {
    const about = [description ?? schema.description, limitsOf(schema)].filter(
      (text) => text !== undefined && text !== "",
    );
    return (
      `<tr><td><code class="name">${esc(name)}</code>${required ? "" : '<span class="optional" title="may be left out">?</span>'}` +
      `<td>${PLACE[place]}<td>${inlineOf(about.join("; "))}`
    );
  });
  return `<h4>Asked with</h4><div class="wide"><table><thead><tr><th>Name<th>Where<th>What</thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function contentHtml(content: Content | undefined, schemas: Schemas): string {
  return Object.entries(content ?? {})
    .map(([type, { schema }]) => {
      const named = type === "application/json" ? "" : `<p class="media"><code>${esc(type)}</code></p>`;
      return named + (schema === undefined ? "" : schemaHtml(schema, schemas));
    })
    .join("");
}

function schemasHtml(schemas: Schemas): string {
  const all = Object.entries(schemas);
  if (all.length === 0) return "";
  const each = all.map(
    ([name, schema]) =>
      `<article class="schema" id="schema-${idOf(name)}"><h3>${esc(name)}</h3>${schemaHtml(schema, schemas)}</article>`,
  );
  return `<section id="schemas"><h2>Schemas</h2>${each.join("")}</section>`;
}
