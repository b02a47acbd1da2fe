/** What the parts of an exercise's schema share. */
import Type from "typebox";
import { LatitudeDeg, LongitudeDeg } from "./common.ts";

export const closed = <T extends Type.TProperties>(properties: T, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description === undefined ? {} : { description }) });

export const Above = (description: string, maximum?: number) =>
  Type.Number({ exclusiveMinimum: 0, ...(maximum !== undefined && { maximum }), description });
export const From = (minimum: number, description: string, maximum?: number) =>
  Type.Number({ minimum, ...(maximum !== undefined && { maximum }), description });
export const Share = Type.Number({ minimum: 0, maximum: 1, description: "0 to 1" });
export const Whole = (minimum: number, description: string, maximum?: number) =>
  Type.Integer({ minimum, ...(maximum !== undefined && { maximum }), description });

export const Channel = Type.Union(
  (["flash", "heat", "sound", "shock", "crater", "track", "radio", "ais"] as const).map((channel) =>
    Type.Literal(channel),
  ),
);

export const Place = closed({ latitudeDeg: LatitudeDeg, longitudeDeg: LongitudeDeg });
