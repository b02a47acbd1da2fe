/** Small parts of lists and reads. */
import Type from "typebox";

export const NearQuery = Type.Object({
  km: Type.Optional(Type.Number({ minimum: 0, maximum: 500, description: "within so many km; 10 where left out" })),
  hours: Type.Optional(
    Type.Number({ minimum: 0, maximum: 720, description: "within so many hours; 6 where left out" }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: "50 where left out" })),
});

export const NotModified = Type.Null({ description: "the asker has this version already (`If-None-Match`)" });

export const FileBytes = Type.Unsafe<Uint8Array | null>({ description: "its bytes (application/octet-stream)" });
