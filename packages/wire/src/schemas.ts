/** Every file that a person writes, by name, and its JSON Schema, by which an editor completes and checks it. */
import type { TSchema } from "typebox";
import { Agreement } from "./agreement.ts";
import { Areas } from "./areas.ts";
import { CorroborationModelFile } from "./corroboration-model.ts";
import { EvidenceSource } from "./evidence-source.ts";
import { Exercise, ExerciseVariant } from "./exercise.ts";
import { ExerciseResult } from "./exercise-result.ts";
import { FeedMapping } from "./feeds-mapping.ts";
import { IncidentFacts } from "./incident-facts.ts";
import { type Misfit, misfitsIn } from "./misfits.ts";
import { Network } from "./network.ts";
import { Requests, Zones } from "./place.ts";
import { Scenario, ScenarioFile } from "./scenario.ts";
import { Sensors } from "./sensors.ts";
import { Taxonomy } from "./taxonomy.ts";
import { Truce } from "./truce.ts";
import { Weather } from "./weather.ts";
import { World } from "./world.ts";

export const SCHEMAS = {
  scenario: ScenarioFile,
  network: Network,
  zones: Zones,
  requests: Requests,
  world: World,
  "corroboration-model": CorroborationModelFile,
  "evidence-source": EvidenceSource,
  "feed-mapping": FeedMapping,
  areas: Areas,
  taxonomy: Taxonomy,
  agreement: Agreement,
  "incident-facts": IncidentFacts,
  sensors: Sensors,
  truce: Truce,
  weather: Weather,
  exercise: Exercise,
  "exercise-variant": ExerciseVariant,
  "exercise-result": ExerciseResult,
} as const satisfies Record<string, TSchema>;

export type SchemaName = keyof typeof SCHEMAS;
export const SCHEMA_NAMES = Object.keys(SCHEMAS) as SchemaName[];

/** The part of JSON Schema in which the files are described. */
export interface JsonSchema {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";
  readonly title?: string;
  readonly description?: string;
  readonly const?: string | number | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

export function jsonSchemaOf(name: SchemaName): JsonSchema {
  return SCHEMAS[name] as JsonSchema;
}

/** Files as written, and `resolved`: a scenario after `extends` and `patch` are used up. */
const CHECKED = { ...SCHEMAS, resolved: Scenario };

/** TypeBox's own verdict: where the value does not fit; none where it fits. */
export const misfitsOf = (name: keyof typeof CHECKED, value: unknown): Misfit[] => misfitsIn(CHECKED[name], value);

/** JSON Schema, draft 2020-12, as the text of a file: what `packages/wire/schema/` holds. */
export function jsonSchemaTextOf(name: SchemaName): string {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...SCHEMAS[name],
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
