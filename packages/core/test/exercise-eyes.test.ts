/** What a look makes of all that a thing has left: chances together, reasons, strength. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TruthKind } from "../src/exercise/truth/truth.ts";
import { chanceOfLook, type Law, plainLaw } from "../src/exercise/watch/eyes.ts";
import { FADED, Look, NO_SUCH_SENSE, OUT_OF_RANGE, TOO_SMALL, WEATHER } from "../src/sense/look.ts";
import { SURE, strike } from "./exercise-fixture.ts";

const leaves = (...channels: TruthKind["signatures"][number]["channel"][]): TruthKind =>
  strike({ signatures: channels.map((channel) => ({ channel, strength: 100, lastsS: 60, fades: "at-once" })) });

/** Answers by channel; what is not named has faded. */
const says = (answers: Readonly<Record<string, number>>): Law => ({
  ...plainLaw(SURE),
  answer: (_look, channel) => answers[channel] ?? FADED,
});

test("chances of several signatures are of seeing any of them; what one cannot see takes nothing away", () => {
  const kind = leaves("flash", "heat", "crater");
  const near = (found: number, expected: number): void => assert.ok(Math.abs(found - expected) < 1e-12, `${found}`);
  near(chanceOfLook(says({ flash: 0.5, heat: 0.2, crater: 0.25 }), new Look(), kind, 1, 1), 1 - 0.5 * 0.8 * 0.75);
  near(chanceOfLook(says({ flash: 0.5, heat: WEATHER, crater: Number.NaN }), new Look(), kind, 1, 1), 0.5);
});

test("where none can be seen: unknown if any is, else the reason that got furthest; nothing left is no reason", () => {
  const kind = leaves("flash", "crater");
  const asked = (answers: Readonly<Record<string, number>>, ageS = 1): number =>
    chanceOfLook(says(answers), new Look(), kind, ageS, 1);
  assert.ok(Number.isNaN(asked({ flash: Number.NaN, crater: OUT_OF_RANGE })));
  assert.equal(asked({ flash: OUT_OF_RANGE, crater: TOO_SMALL }), TOO_SMALL);
  assert.equal(asked({ flash: NO_SUCH_SENSE, crater: OUT_OF_RANGE }), OUT_OF_RANGE);
  assert.equal(asked({ flash: TOO_SMALL, crater: NO_SUCH_SENSE }), TOO_SMALL);
  assert.equal(asked({ flash: 1, crater: 1 }, 61), 0);
});

test("a stronger event is louder by its energy, brighter and heavier by as much; its crater is as large", () => {
  const felt = (channel: "flash" | "heat" | "sound" | "shock" | "crater", strength: number): number => {
    const look = new Look();
    chanceOfLook(says({}), look, leaves(channel), 1, strength);
    const { flashWPerSr: flash, firePowerMw: heat, soundDb: sound, chargeKg: shock, sizeM: crater } = look;
    return { flash, heat, sound, shock, crater }[channel];
  };
  for (const channel of ["flash", "heat", "shock"] as const) assert.equal(felt(channel, 3), 3 * felt(channel, 1));
  assert.ok(Math.abs(felt("sound", 10) - felt("sound", 1) - 10) < 1e-12);
  assert.equal(felt("crater", 3), felt("crater", 1));
});
