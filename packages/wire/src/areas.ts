/** Named areas and settlements as discs: where a record that gives only a name happened, and how far that reaches. */
import Type from "typebox";
import { About, Id, LatitudeDeg, LongitudeDeg, Table } from "./common.ts";

export const Areas = Type.Object(
  {
    kind: Type.Literal("areas"),
    about: About,
    areas: Table(
      Id,
      Type.Object(
        {
          name: Type.String({ minLength: 1 }),
          level: Type.Union(
            [
              Type.Literal("oblast"),
              Type.Literal("raion"),
              Type.Literal("hromada"),
              Type.Literal("settlement"),
              Type.Literal("area"),
            ],
            { description: "what it is; `area` for anything else" },
          ),
          names: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: "other names and spellings" })),
          latitudeDeg: LatitudeDeg,
          longitudeDeg: LongitudeDeg,
          radiusKm: Type.Number({ exclusiveMinimum: 0, maximum: 2000, description: "holds 95 % of it" }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, title: "Vedette areas" },
);
export type Areas = Type.Static<typeof Areas>;
