/** The system's error codes in words. */

/** `no such file`, `permission denied`: the system's code in words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const words: Readonly<Record<string, string>> = {
    ENOENT: "no such file",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "it is a folder",
    ELOOP: "its symbolic links go round in a circle",
    ENAMETOOLONG: "the name is too long",
  };
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}
