/** Larger breaches together: each kind comes seldom, and a share of few says little. */
import { ofClass, type RunLine } from "@vedette/core/exercise/score/campaign";

/** Everything but this class, by the truce's own division. */
const FIRE = "fire";
export const LARGER = "larger breaches together";

/** Classes that are larger breaches; none where there are fewer than two, or no fire beside them. */
export function largerAmong(classes: readonly string[]): string[] {
  const larger = classes.filter((name) => name !== FIRE);
  return larger.length > 1 && larger.length < classes.length ? larger : [];
}

/** Lines of several classes together, in the place of the headline's. */
export function ofClasses(lines: readonly RunLine[], names: readonly string[]): RunLine[] {
  const each = names.map((name) => ofClass(lines, name));
  return lines.map((line, i) => {
    const own = each.map((of) => of[i] as RunLine);
    const sum = (of: (one: RunLine) => readonly number[]): number[] =>
      of(line).map((_, k) => own.reduce((total, one) => total + (of(one)[k] ?? 0), 0));
    return {
      ...line,
      counted: sum(({ counted }) => counted),
      verified: sum(({ verified }) => verified),
      funnel: sum(({ funnel }) => funnel),
    };
  });
}
