/** People of a server and how they show who they are. Times are UTC milliseconds; secrets are kept as hashes only. */

/** PostgreSQL gives bigint back as text unless told otherwise: the driver is told. */
type Ms = number;

export interface PeopleTables {
  /** What the server remembers of itself: the version of its tables, that its first administrator was made. */
  server: { key: string; value: string };
  /** `name` and `login` are personal data: they stand here and nowhere in a log. Erased: both are gone, the id stays. */
  person: {
    id: string;
    /** Small letters; null: signs in without one (passkey, provider). */
    login: string | null;
    name: string;
    nation: string;
    made_ms: Ms;
    disabled_ms: Ms | null;
    erased_ms: Ms | null;
  };
  /** Administrators of the server have workspace `*`. */
  membership: { workspace: string; person: string; role: string };
  password: { person: string; hash: string; changed_ms: Ms };
  passkey: {
    id: string;
    person: string;
    public_key: string;
    counter: number;
    transports: string;
    name: string;
    made_ms: Ms;
    used_ms: Ms | null;
  };
  identity: { issuer: string; subject: string; person: string };
  session: {
    hash: string;
    id: string;
    person: string;
    method: string;
    made_ms: Ms;
    seen_ms: Ms;
    until_ms: Ms;
    revoked_ms: Ms | null;
  };
  token: {
    hash: string;
    id: string;
    person: string;
    name: string;
    /** JSON: workspace and actions. */
    scope: string;
    made_ms: Ms;
    until_ms: Ms;
    used_ms: Ms | null;
    revoked_ms: Ms | null;
  };
  /** A link that is good once: for the first administrator, for a new person, for a new credential. */
  invitation: { hash: string; id: string; person: string; made_ms: Ms; until_ms: Ms; used_ms: Ms | null };
  /** A challenge that waits for its answer, good once: by the hash of what only its answer can show. */
  ceremony: {
    hash: string;
    kind: string;
    person: string | null;
    /** JSON. */
    detail: string;
    until_ms: Ms;
  };
  /** Failed attempts by the hash of a name or of an address. */
  attempt: { key: string; failed: number; since_ms: Ms; locked_until_ms: Ms };
  /** Two administrators are needed for some changes: what the first asked for. */
  proposal: {
    id: string;
    asked_by: string;
    asked_ms: Ms;
    /** JSON. */
    change: string;
    confirmed_by: string | null;
    done_ms: Ms | null;
  };
}
