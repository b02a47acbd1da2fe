/** KML as GeoJSON. The door of `@tmcw/togeojson` and `@xmldom/xmldom`. */
import { kml } from "@tmcw/togeojson";
import { DOMParser } from "@xmldom/xmldom";

/**
 * Features of a KML text as a GeoJSON FeatureCollection; places without a geometry and image overlays are left out.
 * @throws Error with a one-line message where the text is not well-formed XML, or declares entities.
 */
export function geoJsonOfKml(text: string): unknown {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Error("a document type declaration: expected plain KML");
  const faults: string[] = [];
  const parser = new DOMParser({
    onError: (level, message) => {
      if (level !== "warning") faults.push(message);
    },
  });
  let document: ReturnType<DOMParser["parseFromString"]>;
  try {
    document = parser.parseFromString(text, "text/xml");
  } catch (error) {
    throw new Error(firstLineOf(error instanceof Error ? error.message : String(error)));
  }
  const [fault] = faults;
  if (fault !== undefined) throw new Error(firstLineOf(fault));
  const { features } = kml(document, { skipNullGeometry: true }) as { features: readonly { properties: unknown }[] };
  const isOverlay = (properties: unknown) =>
    (properties as Record<string, unknown> | null)?.["@geometry-type"] === "groundoverlay";
  return { type: "FeatureCollection", features: features.filter(({ properties }) => !isOverlay(properties)) };
}

function firstLineOf(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}
