/** Satellites in an exercise: those of a scenario, over the exercise's own days. */
import Type from "typebox";
import { Id, NationCode } from "./common.ts";
import { closed, From, Share } from "./exercise-parts.ts";

export const Satellites = closed(
  {
    scenario: Type.String({
      minLength: 1,
      description:
        "a shipped scenario's name, or a file of kind scenario: its network, element sets and requests; start and days are the exercise's",
    }),
    without: Type.Optional(
      Type.Array(NationCode, {
        description: "nations whose satellites, stations, relays and processing are taken out",
      }),
    ),
    leadS: Type.Optional(
      From(
        0,
        "s before a pass at which it is decided what is looked at; default 21,600 (assumed: commands go up six hours ahead)",
      ),
    ),
    share01: Type.Optional({
      ...Share,
      description: "of the passes of satellites that are pointed, those that this watch may task; default 1",
    }),
    everyKm: Type.Optional(From(1, "km between the places that looks are weighed at; default 10")),
    sensors: Type.Optional(
      closed(
        { optical: Type.Optional(Id), radar: Type.Optional(Id), thermal: Type.Optional(Id) },
        "ids of data/sensors that stand for the network's sensors; default optical, radar, and heat-375 or heat-1000 by the pixel",
      ),
    ),
  },
  "looks are taken by their worth to headquarters, within duty, pointing and memory, and come down at the next contact",
);
