/** What the log says of itself. Such events stay whole: they tell what became of the others. */
export const OWN_TYPES: readonly string[] = ["body.erased", "clock.set-back", "release.recorded"];
