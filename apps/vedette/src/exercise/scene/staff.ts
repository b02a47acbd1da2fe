/** Who works at headquarters, as the file says; what it leaves out is assumed. */
import type { Staff } from "@vedette/core/exercise/headquarters/staff";
import type { Exercise } from "@vedette/wire/exercise";

/** Assumed: two who may sign, at all hours; five minutes for one step's notices; ten to read oneself into another's work. */
const SIGNERS = [{ fromHour: 0, toHour: 24, people: 2 }];
const SIGNING = { meanS: 300 };
const HANDOVER_S = 600;

export function staffOf({ headquarters: own }: Exercise): Staff {
  const law = (work: typeof own.analysis) => ({ law: "exponential" as const, ...work });
  return {
    analysts: own.analysts,
    verifiers: own.verifiers,
    signers: own.signers ?? SIGNERS,
    analysis: law(own.analysis),
    verification: law(own.verification),
    assessment: law(own.assessment),
    signing: law(own.signing ?? SIGNING),
    handoverMs: 1000 * (own.handoverS ?? HANDOVER_S),
    utcOffsetH: own.utcOffsetH ?? 0,
  };
}
