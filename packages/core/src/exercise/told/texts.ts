/** Texts of reports on incidents whose truth is known: put together from lists of words, some in four languages. */
import type { Dice } from "../../numerics/dice.ts";

/**
 * `unique`: one text of the incident's own words, each source with an ending of its own; `paraphrase`: two in three of
 * these words in any order among others; `copied`: half the sources copy, half reword; `template`: kind, place and number
 * in each source's language and form.
 */
export type TextForm = "none" | "unique" | "paraphrase" | "copied" | "template";

/** Ukrainian, Russian, English, French. */
type KindWords = readonly [string, string, string, string];

const KINDS: readonly KindWords[] = [
  ["артилерійський обстріл", "артиллерийский обстрел", "artillery fire", "tirs d'artillerie"],
  ["мінометний обстріл", "миномётный обстрел", "mortar fire", "tirs de mortier"],
  ["ракетний удар", "ракетный удар", "missile strike", "frappe de missile"],
  ["атака дронів", "атака дронов", "drone attack", "attaque de drones"],
  ["авіаудар", "авиаудар", "air strike", "frappe aérienne"],
  ["вибух", "взрыв", "explosion", "explosion"],
  ["стрілянина", "стрельба", "small arms fire", "tirs d'armes légères"],
];
const words = (text: string): string[] => text.trim().split(/\s+/);
const THINGS =
  words(`school hospital depot bridge market warehouse substation station mill garage clinic tower church bakery
  farm port library factory museum hotel kindergarten pipeline railway workshop stadium silo greenhouse pier road cemetery`);
const DETAILS =
  words(`roof windows fire smoke debris crater wounded killed evacuated blackout rubble sirens rescuers burning
  destroyed damaged hit shrapnel courtyard basement cars glass trapped water gas pupils workers night morning evening river
  north south east west centre outskirts second third`);
const FILLER =
  words(`according to officials local authorities say residents reported this that after the on was were at near
  police mayor governor telegram channel today update confirmed said source military administration`);

const DETAILS_TOLD = 4;
const FILLER_TOLD = 6;
const NUMBERS = 30;
const KEPT = 0.67;

const pickOf = <T>(list: readonly T[], dice: Dice): T => list[dice.below(list.length)] as T;
const some = (list: readonly string[], count: number, dice: Dice): string[] =>
  Array.from({ length: count }, () => pickOf(list, dice));

export function textMaker(form: TextForm, dice: Dice) {
  return {
    /** What one incident's reports say: a text for each source. */
    story(place: string): (source: number) => string | undefined {
      const kind = pickOf(KINDS, dice);
      const number = dice.below(NUMBERS);
      const facts = [kind[2], pickOf(THINGS, dice), ...some(DETAILS, DETAILS_TOLD, dice), String(number), place];
      const original = [...facts, ...some(FILLER, FILLER_TOLD, dice)].join(" ");
      switch (form) {
        case "none":
          return () => undefined;
        case "unique":
          return (source) => `${original} ${some(FILLER, 1 + (source % 3), dice).join(" ")}`;
        case "paraphrase":
          return () => reworded(facts, dice);
        case "copied":
          return (source) => (source % 2 === 0 ? original : reworded(facts, dice));
        case "template":
          return (source) => templated(kind, { place, number, source });
      }
    },
  };
}

function reworded(facts: readonly string[], dice: Dice): string {
  const kept = facts.filter(() => dice.chance(KEPT));
  return [...kept, ...some(FILLER, FILLER_TOLD, dice), pickOf(DETAILS, dice)]
    .map((word) => ({ word, key: dice.uniform() }))
    .sort((a, b) => a.key - b.key)
    .map(({ word }) => word)
    .join(" ");
}

function templated(
  [uk, ru, en, fr]: KindWords,
  { place, number, source }: { place: string; number: number; source: number },
): string {
  switch (source % 4) {
    case 0:
      return `${place}: ${uk}, поранено ${number}`;
    case 1:
      return `${ru} в населённом пункте ${place}, ${number} пострадавших`;
    case 2:
      return `${en} reported in ${place}, ${number} injured`;
    default:
      return `${place} : ${fr}, ${number} blessés`;
  }
}
