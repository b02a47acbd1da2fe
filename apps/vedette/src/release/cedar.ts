/** The door to Cedar: policies in, a decision out. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Cedar from "@cedar-policy/cedar-wasm/nodejs";
import type { Marking } from "@vedette/core/record/marking";
import type { Action, Entitlement } from "./entitlement.ts";

// Its types say ESM, its Node build is CommonJS.
const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs") as typeof Cedar;

const SHIPPED = new URL("./policy.cedar", import.meta.url);
const SCHEMA = new URL("./policy.cedarschema", import.meta.url);

export type Decider = (entitlement: Entitlement, action: Action, marking: Marking) => boolean;

let policySets = 0;

/**
 * About 50 microseconds a decision: `rememberingDecider` keeps them.
 * @throws RangeError with Cedar's own words where the policies do not hold against the schema
 */
export function cedarDecider(policies: string = readFileSync(SHIPPED, "utf8")): Decider {
  const schema = readFileSync(SCHEMA, "utf8");
  const name = `vedette-${policySets++}`;
  const checked = cedar.validate({ schema, policies: { staticPolicies: policies } });
  if (checked.type === "failure") throw new RangeError(wordsOf(checked.errors));
  if (checked.validationErrors.length > 0)
    throw new RangeError(wordsOf(checked.validationErrors.map(({ error }) => error)));
  const parsed = cedar.preparsePolicySet(name, { staticPolicies: policies });
  if (parsed.type === "failure") throw new RangeError(wordsOf(parsed.errors));
  return (entitlement, action, marking) => {
    const answer = cedar.statefulIsAuthorized({
      principal: PERSON,
      action: { type: "Action", id: action },
      resource: MARKED,
      context: {},
      preparsedPolicySetId: name,
      entities: [personOf(entitlement), markedOf(marking)],
    });
    if (answer.type === "failure") throw new RangeError(wordsOf(answer.errors));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new RangeError(wordsOf(diagnostics.errors.map(({ error }) => error)));
    return decision === "allow";
  };
}

const PERSON = { type: "Person", id: "who" };
const MARKED = { type: "Marked", id: "what" };

const personOf = ({ nation, roles, use }: Entitlement): Cedar.EntityJson => ({
  uid: PERSON,
  attrs: { nation, roles: [...roles], use },
  parents: [],
});

const markedOf = ({ owner, releasableTo, originatorControlled, use }: Marking): Cedar.EntityJson => ({
  uid: MARKED,
  attrs: {
    owner,
    releasableTo: releasableTo === "all" ? [] : [...releasableTo],
    toAll: releasableTo === "all",
    originatorControlled,
    use,
  },
  parents: [],
});

const wordsOf = (errors: readonly Cedar.DetailedError[]): string => errors.map(({ message }) => message).join("; ");
