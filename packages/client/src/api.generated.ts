/** Made from the server's OpenAPI document by `node tools/client-types.ts`. Not edited. */

export type Problem = {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly problems?: readonly {
    readonly path: string;
    readonly message: string;
  }[];
  readonly changed?: unknown;
};

/** What is sent and what is answered, by the operation's name. */
export interface Api {
  /** Add a passkey */
  addPasskey: {
    body: {
      readonly name: string;
      readonly response: {
        readonly id: string;
        readonly rawId: string;
        readonly type: "public-key";
        readonly authenticatorAttachment?: null | string;
        readonly clientExtensionResults?: Readonly<Record<string, unknown>>;
        readonly response: {
          readonly clientDataJSON: string;
          readonly attestationObject: string;
          readonly transports?: readonly string[];
        };
      };
    };
    answer: {
      readonly person: string;
      readonly name: string;
      readonly nation: string;
      readonly method: "passkey" | "password" | "oidc" | "invitation" | "exercise" | "token";
      readonly until: string;
      readonly roles: Readonly<Record<string, readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[]>>;
      readonly marking?: "EXERCISE";
    };
  };
  /** Add somebody; the link is for them alone */
  addPerson: {
    body: {
      readonly name: string;
      readonly nation: string;
      readonly login?: string;
    };
    answer: {
      readonly person: string;
      readonly link: string;
    };
  };
  /** Start, correct and stop clocks and draft notices, as far as that follows by itself: a job */
  advanceClocks: {
    path: { readonly workspace: string };
    answer: {
      readonly id: string;
      readonly kind: "daily-report" | "clocks" | "scenario" | "exercise";
      readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
      readonly progress01: number;
      readonly note?: string;
      readonly madeAt: string;
      readonly endedAt?: string;
      readonly problem?: string;
      readonly results: readonly {
        readonly name: string;
        readonly type: string;
        readonly bytes: number;
        readonly path: string;
      }[];
    };
  };
  /** Assess a verified incident; not by who verified it */
  assessIncident: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly finding: "breach" | "no-breach" | "undetermined";
      readonly clauses?: readonly string[];
      readonly agreement: {
        readonly id: string;
        readonly version: number;
      };
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** What a browser's navigator.credentials.create() takes */
  beginPasskey: {
    answer: Readonly<Record<string, unknown>>;
  };
  /** What a browser's navigator.credentials.get() takes; the same for everybody */
  beginPasskeySignIn: {
    answer: Readonly<Record<string, unknown>>;
  };
  /** Break a job off; what has ended stays as it is */
  cancelJob: {
    path: { readonly workspace: string; readonly id: string };
    answer: {
      readonly id: string;
      readonly kind: "daily-report" | "clocks" | "scenario" | "exercise";
      readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
      readonly progress01: number;
      readonly note?: string;
      readonly madeAt: string;
      readonly endedAt?: string;
      readonly problem?: string;
      readonly results: readonly {
        readonly name: string;
        readonly type: string;
        readonly bytes: number;
        readonly path: string;
      }[];
    };
  };
  /** Begin to compute what satellites can see of the zones: a job */
  computeScenario: {
    path: { readonly workspace: string };
    body: {
      readonly scenario?: string;
      readonly start?: string;
      readonly days?: number;
    };
    answer: {
      readonly id: string;
      readonly kind: "daily-report" | "clocks" | "scenario" | "exercise";
      readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
      readonly progress01: number;
      readonly note?: string;
      readonly madeAt: string;
      readonly endedAt?: string;
      readonly problem?: string;
      readonly results: readonly {
        readonly name: string;
        readonly type: string;
        readonly bytes: number;
        readonly path: string;
      }[];
    };
  };
  /** Confirm what another administrator asked for */
  confirmProposal: {
    path: { readonly id: string };
    answer: {
      readonly is: "done" | "waits";
      readonly proposal?: string;
      readonly link?: string;
    };
  };
  /** How many incidents, by state and kind */
  countIncidents: {
    path: { readonly workspace: string };
    query?: { readonly bbox?: string | undefined; readonly polygon?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly text?: string | undefined; readonly kind?: string | undefined; readonly state?: string | undefined };
    answer: {
      readonly total: number;
      readonly byState: Readonly<Record<string, number>>;
      readonly byKind: Readonly<Record<string, number>>;
    };
  };
  /** Let somebody in no longer; of an administrator, it waits for a second one */
  disablePerson: {
    path: { readonly person: string };
    answer: {
      readonly is: "done" | "waits";
      readonly proposal?: string;
      readonly link?: string;
    };
  };
  /** Let somebody in again; of an administrator, it waits for a second one */
  enablePerson: {
    path: { readonly person: string };
    answer: {
      readonly is: "done" | "waits";
      readonly proposal?: string;
      readonly link?: string;
    };
  };
  /** End one of your sessions */
  endOwnSession: {
    path: { readonly id: string };
    answer: undefined;
  };
  /** End all of somebody's sessions */
  endSessions: {
    path: { readonly person: string };
    answer: undefined;
  };
  /** Take what it says away for good; that it was there, who erased it and by which rule stays */
  eraseEvidence: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly rule: string;
      readonly reason: string;
    };
    answer: {
      readonly event: string;
    };
  };
  /** Take a file away for good; that it was there, who erased it and by which rule stays */
  eraseFile: {
    path: { readonly workspace: string; readonly hash: string };
    headers?: { readonly "idempotency-key"?: string | undefined };
    body: {
      readonly rule: string;
      readonly reason: string;
    };
    answer: {
      readonly event: string;
    };
  };
  /** Erase what names somebody; the id stays in the log; of an administrator, it waits for a second one */
  erasePerson: {
    path: { readonly person: string };
    answer: {
      readonly is: "done" | "waits";
      readonly proposal?: string;
      readonly link?: string;
    };
  };
  /** What you sign in by */
  getOwnCredentials: {
    answer: {
      readonly passkeys: readonly ({
        readonly id: string;
        readonly name: string;
        readonly made: string;
        readonly used: string | null;
      })[];
      readonly hasPassword: boolean;
      readonly identities: readonly {
        readonly issuer: string;
        readonly subject: string;
      }[];
    };
  };
  /** Somebody, with their roles */
  getPerson: {
    path: { readonly person: string };
    answer: {
      readonly id: string;
      readonly name: string;
      readonly login: string | null;
      readonly nation: string;
      readonly isDisabled: boolean;
      readonly isErased: boolean;
      readonly roles: Readonly<Record<string, readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[]>>;
    };
  };
  /** Who is signed in, until when, with which roles */
  getSession: {
    answer: {
      readonly person: string;
      readonly name: string;
      readonly nation: string;
      readonly method: "passkey" | "password" | "oidc" | "invitation" | "exercise" | "token";
      readonly until: string;
      readonly roles: Readonly<Record<string, readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[]>>;
      readonly marking?: "EXERCISE";
    };
  };
  /** A new link for somebody; of an administrator, it waits for a second one */
  invitePerson: {
    path: { readonly person: string };
    answer: {
      readonly is: "done" | "waits";
      readonly proposal?: string;
      readonly link?: string;
    };
  };
  /** Link evidence */
  linkEvidence: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly evidence: readonly string[];
      readonly role?: "witness" | "context";
      readonly confidence01?: number;
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Every version that was adopted, with its whole text, and which is in force */
  listAgreements: {
    path: { readonly workspace: string };
    answer: {
      readonly items: readonly ({
        readonly agreement: {
          readonly id: string;
          readonly version: number;
          readonly digest?: string;
        };
        readonly title: Readonly<Record<string, string>>;
        readonly inForce: {
          readonly from: string;
          readonly until: string | null;
        };
        readonly isInForce: boolean;
        readonly parties: readonly string[];
        readonly clauses: number;
        readonly document: unknown;
      })[];
    };
  };
  /** What was assessed, latest change first; `limit` counts incidents looked through */
  listAssessments: {
    path: { readonly workspace: string };
    query?: { readonly finding?: "breach" | "no-breach" | "undetermined" | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined };
    answer: {
      readonly items: readonly ({
        readonly incident: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly by: string;
        readonly finding: "breach" | "no-breach" | "undetermined";
        readonly clauses: readonly string[];
        readonly agreement: {
          readonly id: string;
          readonly version: number;
          readonly digest?: string;
        };
        readonly recordedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
      })[];
      readonly next: string | null;
    };
  };
  /** Clocks of the agreement, by the workspace's own time */
  listClocks: {
    path: { readonly workspace: string };
    query?: { readonly incident?: string | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined };
    answer: {
      readonly items: readonly ({
        readonly version: number;
        readonly id: string;
        readonly of: string;
        readonly incident: string;
        readonly clauses: readonly string[];
        readonly party?: string;
        readonly agreement: {
          readonly id: string;
          readonly version: number;
          readonly digest?: string;
        };
        readonly state: "running" | "suspended" | "stopped" | "edition-missing";
        readonly start: {
          readonly earliest: string;
          readonly latest: string;
        };
        readonly deadline: {
          readonly earliest: string;
          readonly latest: string;
        } | null;
        readonly due?: "ahead" | "may-be-past" | "past";
        readonly inTime?: "yes" | "no" | "cannot-be-told";
        readonly stopped?: {
          readonly at: {
            readonly earliest: string;
            readonly latest: string;
          };
          readonly because: unknown;
        };
      })[];
      readonly next: string | null;
    };
  };
  /** Evidence, latest first; with `incident`, what that is linked to */
  listEvidence: {
    path: { readonly workspace: string };
    query?: { readonly bbox?: string | undefined; readonly polygon?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly text?: string | undefined; readonly form?: "detection" | "alert" | "report" | "claim" | "reply" | undefined; readonly kind?: string | undefined; readonly source?: string | undefined; readonly incident?: string | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined };
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly version: number;
        readonly form: "detection" | "alert" | "report" | "claim" | "reply";
        readonly kind: string;
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly recordedAt: string;
        readonly origin: {
          readonly source: string;
          readonly operator?: string;
          readonly sensor?: string;
          readonly original?: string;
          readonly quotes?: readonly string[];
        };
        readonly grade: {
          readonly source: string;
          readonly information: number;
        };
        readonly text?: string;
        readonly language?: string;
        readonly measured?: Readonly<Record<string, number | string>>;
        readonly direction?: {
          readonly of: "sound" | "flight";
          readonly deg: number;
          readonly plusMinusDeg?: number;
        };
        readonly files: readonly string[];
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
      })[];
      readonly next: string | null;
    };
  };
  /** Evidence near an incident that is not linked to it, nearest in time first */
  listEvidenceNear: {
    path: { readonly workspace: string; readonly id: string };
    query?: { readonly km?: number | undefined; readonly hours?: number | undefined; readonly limit?: number | undefined };
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly version: number;
        readonly form: "detection" | "alert" | "report" | "claim" | "reply";
        readonly kind: string;
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly recordedAt: string;
        readonly origin: {
          readonly source: string;
          readonly operator?: string;
          readonly sensor?: string;
          readonly original?: string;
          readonly quotes?: readonly string[];
        };
        readonly grade: {
          readonly source: string;
          readonly information: number;
        };
        readonly text?: string;
        readonly language?: string;
        readonly measured?: Readonly<Record<string, number | string>>;
        readonly direction?: {
          readonly of: "sound" | "flight";
          readonly deg: number;
          readonly plusMinusDeg?: number;
        };
        readonly files: readonly string[];
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
      })[];
      readonly next: string | null;
    };
  };
  /** Incidents, newest first */
  listIncidents: {
    path: { readonly workspace: string };
    query?: { readonly bbox?: string | undefined; readonly polygon?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly text?: string | undefined; readonly kind?: string | undefined; readonly state?: string | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly order?: "changed" | "happened" | undefined };
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
      })[];
      readonly next: string | null;
    };
  };
  /** Your jobs, oldest first; kept for 24 h */
  listJobs: {
    path: { readonly workspace: string };
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly kind: "daily-report" | "clocks" | "scenario" | "exercise";
        readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
        readonly progress01: number;
        readonly note?: string;
        readonly madeAt: string;
        readonly endedAt?: string;
        readonly problem?: string;
        readonly results: readonly {
          readonly name: string;
          readonly type: string;
          readonly bytes: number;
          readonly path: string;
        }[];
      })[];
    };
  };
  /** Who takes part */
  listNations: {
    path: { readonly workspace: string };
    answer: {
      readonly own: string;
      readonly items: readonly {
        readonly nation: string;
        readonly name: string;
      }[];
    };
  };
  /** Notices: drafts, until people have signed them */
  listNotices: {
    path: { readonly workspace: string };
    query?: { readonly incident?: string | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined };
    answer: {
      readonly items: readonly {
        readonly id: string;
        readonly revision: number;
        readonly step: string;
        readonly clock: string;
        readonly incident: string;
        readonly recipient: string;
        readonly language: string;
        readonly agreement: {
          readonly id: string;
          readonly version: number;
          readonly digest?: string;
        };
        readonly subject: string;
        readonly text: string;
        readonly digest: string;
        readonly draftedBy: string;
        readonly signatures: readonly {
          readonly person: string;
          readonly at: {
            readonly earliest: string;
            readonly latest: string;
          };
        }[];
      }[];
      readonly next: string | null;
    };
  };
  /** Where you are signed in */
  listOwnSessions: {
    answer: {
      readonly items: readonly {
        readonly id: string;
        readonly method: string;
        readonly made: string;
        readonly seen: string;
        readonly until: string;
        readonly isThis: boolean;
      }[];
    };
  };
  /** Passes of satellites, earliest first */
  listPasses: {
    path: { readonly workspace: string };
    query?: { readonly from?: string | undefined; readonly to?: string | undefined; readonly nation?: string | undefined; readonly kind?: "optical" | "radar" | "thermal" | "rf" | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined };
    answer: {
      readonly items: readonly ({
        readonly satellite: string;
        readonly catalogueNumber: number;
        readonly mission: string;
        readonly nation: string;
        readonly kinds: readonly string[];
        readonly start: string;
        readonly end: string;
        readonly accessibleCells: number;
        readonly takenCells: number;
        readonly minOffNadirDeg: number;
        readonly sunElevationDeg: number;
        readonly delivered: string | null;
        readonly deliveredBy: string | null;
      })[];
      readonly next: string | null;
    };
  };
  /** Everybody of this server */
  listPeople: {
    query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly name: string;
        readonly login: string | null;
        readonly nation: string;
        readonly isDisabled: boolean;
        readonly isErased: boolean;
      })[];
      readonly next: string | null;
    };
  };
  /** Missions of the network: whose they are, what they carry, where they come down */
  listPlatforms: {
    path: { readonly workspace: string };
    answer: {
      readonly items: readonly {
        readonly mission: string;
        readonly name: string;
        readonly nation: string;
        readonly operator: string;
        readonly kinds: readonly string[];
        readonly satellites: number;
        readonly stations: readonly string[];
      }[];
    };
  };
  /** What waits for a second administrator */
  listProposals: {
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly askedBy: string;
        readonly asked: string;
        readonly change: {
          readonly kind: "roles" | "disable" | "enable" | "erase" | "invite";
          readonly person: string;
          readonly workspace?: string;
          readonly roles?: readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[];
        };
      })[];
    };
  };
  /** Parties that were asked, and what became of it; `limit` counts incidents looked through */
  listReplies: {
    path: { readonly workspace: string };
    query?: { readonly incident?: string | undefined; readonly party?: string | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined };
    answer: {
      readonly items: readonly ({
        readonly incident: string;
        readonly party: string;
        readonly until: {
          readonly start: string;
          readonly end: string;
        };
        readonly state: "awaited" | "replied" | "silent";
        readonly at?: {
          readonly start: string;
          readonly end: string;
        };
        readonly evidence?: string;
      })[];
      readonly next: string | null;
    };
  };
  /** How one signs in here */
  listSignInWays: {
    answer: {
      readonly passkeys: boolean;
      readonly passwords: boolean;
      readonly providers: readonly {
        readonly id: string;
        readonly title: string;
      }[];
    };
  };
  /** Your tokens */
  listTokens: {
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly name: string;
        readonly scope: {
          readonly workspace: string;
          readonly actions: readonly ("read" | "report" | "link" | "verify" | "assess" | "ask-for-look" | "sign-notice" | "release" | "erase")[];
        };
        readonly made: string;
        readonly until: string;
        readonly used: string | null;
      })[];
    };
  };
  /** Workspaces */
  listWorkspaces: {
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly title: string;
        readonly use: "exercise" | "real";
        readonly now: string;
      })[];
    };
  };
  /** Changes, live */
  listenToChanges: {
    path: { readonly workspace: string };
    query?: { readonly after?: string | undefined };
    headers?: { readonly "last-event-id"?: string | undefined };
    answer: Response;
  };
  /** Write the daily report of what your nation is given: a job with daily.html and daily.json */
  makeDailyReport: {
    path: { readonly workspace: string };
    body: {
      readonly date: string;
      readonly zone?: string;
      readonly language?: "en" | "uk" | "fr";
    };
    answer: {
      readonly id: string;
      readonly kind: "daily-report" | "clocks" | "scenario" | "exercise";
      readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
      readonly progress01: number;
      readonly note?: string;
      readonly madeAt: string;
      readonly endedAt?: string;
      readonly problem?: string;
      readonly results: readonly {
        readonly name: string;
        readonly type: string;
        readonly bytes: number;
        readonly path: string;
      }[];
    };
  };
  /** Make a token; it is shown this once */
  makeToken: {
    body: {
      readonly name: string;
      readonly scope: {
        readonly workspace: string;
        readonly actions: readonly ("read" | "report" | "link" | "verify" | "assess" | "ask-for-look" | "sign-notice" | "release" | "erase")[];
      };
      readonly until: string;
    };
    answer: {
      readonly id: string;
      readonly token: string;
    };
  };
  /** Incidents as GeoJSON: points, or cells where there are many */
  mapIncidents: {
    path: { readonly workspace: string };
    query?: { readonly bbox?: string | undefined; readonly polygon?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly text?: string | undefined; readonly kind?: string | undefined; readonly state?: string | undefined; readonly most?: number | undefined };
    answer: {
      readonly type: "FeatureCollection";
      readonly isAggregate: boolean;
      readonly features: readonly {
        readonly type: "Feature";
        readonly id: string;
        readonly geometry: {
          readonly type: "Point";
          readonly coordinates: readonly number[];
        };
        readonly properties: {
          readonly kind?: string;
          readonly state?: string;
          readonly radiusKm?: number;
          readonly start?: string;
          readonly end?: string;
          readonly count?: number;
          readonly byState?: Readonly<Record<string, number>>;
        };
      }[];
    };
  };
  /** Two are one: this stands still, the other takes over its evidence */
  mergeIncident: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly into: string;
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** One step: on towards corroborated, handed on, closed, taken back */
  moveIncident: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly to: "next" | "referred" | "closed" | "retracted" | "back";
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Open an incident on evidence */
  openIncident: {
    path: { readonly workspace: string };
    headers?: { readonly "idempotency-key"?: string | undefined };
    body: {
      readonly kind: string;
      readonly where: {
        readonly latitudeDeg: number;
        readonly longitudeDeg: number;
        readonly radiusKm: number;
        readonly basis: "fix" | "pixel" | "settlement" | "area" | "map" | "stated";
        readonly name?: string;
      };
      readonly when: {
        readonly start: string;
        readonly end: string;
      };
      readonly evidence: readonly string[];
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Play a shipped exercise many times: a job with exercise.json */
  playExercise: {
    path: { readonly workspace: string };
    body: {
      readonly exercise: string;
      readonly runs: number;
      readonly seed?: number;
    };
    answer: {
      readonly id: string;
      readonly kind: "daily-report" | "clocks" | "scenario" | "exercise";
      readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
      readonly progress01: number;
      readonly note?: string;
      readonly madeAt: string;
      readonly endedAt?: string;
      readonly problem?: string;
      readonly results: readonly {
        readonly name: string;
        readonly type: string;
        readonly bytes: number;
        readonly path: string;
      }[];
    };
  };
  /** One clock */
  readClock: {
    path: { readonly workspace: string; readonly id: string };
    answer: {
      readonly version: number;
      readonly id: string;
      readonly of: string;
      readonly incident: string;
      readonly clauses: readonly string[];
      readonly party?: string;
      readonly agreement: {
        readonly id: string;
        readonly version: number;
        readonly digest?: string;
      };
      readonly state: "running" | "suspended" | "stopped" | "edition-missing";
      readonly start: {
        readonly earliest: string;
        readonly latest: string;
      };
      readonly deadline: {
        readonly earliest: string;
        readonly latest: string;
      } | null;
      readonly due?: "ahead" | "may-be-past" | "past";
      readonly inTime?: "yes" | "no" | "cannot-be-told";
      readonly stopped?: {
        readonly at: {
          readonly earliest: string;
          readonly latest: string;
        };
        readonly because: unknown;
      };
    };
  };
  /** Coverage by cell, as GeoJSON */
  readCoverage: {
    path: { readonly workspace: string };
    answer: Readonly<Record<string, unknown>>;
  };
  /** One item of evidence */
  readEvidence: {
    path: { readonly workspace: string; readonly id: string };
    answer: {
      readonly id: string;
      readonly version: number;
      readonly form: "detection" | "alert" | "report" | "claim" | "reply";
      readonly kind: string;
      readonly where: {
        readonly latitudeDeg: number;
        readonly longitudeDeg: number;
        readonly radiusKm: number;
        readonly basis: string;
        readonly name?: string;
      };
      readonly when: {
        readonly start: string;
        readonly end: string;
      };
      readonly recordedAt: string;
      readonly origin: {
        readonly source: string;
        readonly operator?: string;
        readonly sensor?: string;
        readonly original?: string;
        readonly quotes?: readonly string[];
      };
      readonly grade: {
        readonly source: string;
        readonly information: number;
      };
      readonly text?: string;
      readonly language?: string;
      readonly measured?: Readonly<Record<string, number | string>>;
      readonly direction?: {
        readonly of: "sound" | "flight";
        readonly deg: number;
        readonly plusMinusDeg?: number;
      };
      readonly files: readonly string[];
      readonly marking: {
        readonly owner: string;
        readonly releasableTo: "all" | readonly string[];
        readonly originatorControlled: boolean;
        readonly use: "exercise" | "real";
      };
    };
  };
  /** A file of evidence; its ETag is its SHA-256, a part by `Range` */
  readFile: {
    path: { readonly workspace: string; readonly hash: string };
    answer: unknown;
  };
  /** One incident */
  readIncident: {
    path: { readonly workspace: string; readonly id: string };
    answer: {
      readonly id: string;
      readonly version: number;
      readonly kind: string;
      readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
      readonly where: {
        readonly latitudeDeg: number;
        readonly longitudeDeg: number;
        readonly radiusKm: number;
        readonly basis: string;
        readonly name?: string;
      };
      readonly when: {
        readonly start: string;
        readonly end: string;
      };
      readonly witnesses: number;
      readonly probability01: number | null;
      readonly changedAt: string;
      readonly marking: {
        readonly owner: string;
        readonly releasableTo: "all" | readonly string[];
        readonly originatorControlled: boolean;
        readonly use: "exercise" | "real";
      };
      readonly kindBy?: string;
      readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
      readonly mergedInto?: string;
      readonly absorbed: readonly string[];
      readonly links: readonly ({
        readonly evidence: string;
        readonly role: "witness" | "context";
        readonly confidence01?: number;
        readonly reason: string;
        readonly via?: string;
      })[];
      readonly corroboration?: {
        readonly counted: readonly string[];
        readonly needed: number;
      };
      readonly verifiers: readonly string[];
      readonly asked: readonly {
        readonly party: string;
        readonly until: {
          readonly start: string;
          readonly end: string;
        };
      }[];
      readonly replies: readonly {
        readonly party: string;
        readonly at: {
          readonly start: string;
          readonly end: string;
        };
        readonly recordedAt: string;
        readonly evidence?: string;
        readonly by: string;
      }[];
      readonly assessment?: {
        readonly by: string;
        readonly finding: "breach" | "no-breach" | "undetermined";
        readonly clauses: readonly string[];
        readonly agreement: {
          readonly id: string;
          readonly version: number;
          readonly digest?: string;
        };
        readonly recordedAt: string;
        readonly replied: readonly string[];
        readonly silent: readonly string[];
      };
      readonly madeFrom?: string;
      readonly releasedAs: readonly string[];
    };
  };
  /** All that happened to an incident, in order */
  readIncidentHistory: {
    path: { readonly workspace: string; readonly id: string };
    answer: {
      readonly id: string;
      readonly items: readonly ({
        readonly event: string;
        readonly type: string;
        readonly at: {
          readonly start: string;
          readonly end: string;
        };
        readonly recordedAt: string;
        readonly actor: string;
        readonly reason: string;
        readonly from?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly to?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
      })[];
    };
  };
  /** One job: state, progress, results */
  readJob: {
    path: { readonly workspace: string; readonly id: string };
    answer: {
      readonly id: string;
      readonly kind: "daily-report" | "clocks" | "scenario" | "exercise";
      readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
      readonly progress01: number;
      readonly note?: string;
      readonly madeAt: string;
      readonly endedAt?: string;
      readonly problem?: string;
      readonly results: readonly {
        readonly name: string;
        readonly type: string;
        readonly bytes: number;
        readonly path: string;
      }[];
    };
  };
  /** What a job came to */
  readJobResult: {
    path: { readonly workspace: string; readonly id: string; readonly name: string };
    answer: unknown;
  };
  /** Who could see what, and why not: cell-hours by sensor kind */
  readLedger: {
    path: { readonly workspace: string };
    answer: {
      readonly start: string;
      readonly cells: number;
      readonly byKind: Readonly<Record<string, {
        readonly observable: readonly number[];
        readonly night: readonly number[];
        readonly noPass: readonly number[];
        readonly unknown: readonly number[];
        readonly taken: readonly number[];
      }>>;
    };
  };
  /** What was written down, latest first: headers, without what would count the rest */
  readLog: {
    path: { readonly workspace: string };
    query?: { readonly type?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined };
    answer: {
      readonly items: readonly ({
        readonly event: string;
        readonly type: string;
        readonly at: {
          readonly start: string;
          readonly end: string;
        };
        readonly recordedAt: string;
        readonly actor: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly commitment: string;
      })[];
      readonly next: string | null;
    };
  };
  /** One notice: to whom, under what, in which words */
  readNotice: {
    path: { readonly workspace: string; readonly id: string };
    answer: {
      readonly id: string;
      readonly revision: number;
      readonly step: string;
      readonly clock: string;
      readonly incident: string;
      readonly recipient: string;
      readonly language: string;
      readonly agreement: {
        readonly id: string;
        readonly version: number;
        readonly digest?: string;
      };
      readonly subject: string;
      readonly text: string;
      readonly digest: string;
      readonly draftedBy: string;
      readonly signatures: readonly {
        readonly person: string;
        readonly at: {
          readonly earliest: string;
          readonly latest: string;
        };
      }[];
    };
  };
  /** The scenario's figures, as computed last */
  readScenario: {
    path: { readonly workspace: string };
    answer: Readonly<Record<string, unknown>>;
  };
  /** Release a sanitised version: place and time coarsened, sources withheld */
  releaseIncident: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly to: readonly string[];
      readonly coarsenKm: number;
      readonly coarsenHours: number;
      readonly withhold: readonly string[];
      readonly originatorControlled?: boolean;
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Remove a passkey; your other sessions end */
  removePasskey: {
    path: { readonly id: string };
    answer: undefined;
  };
  /** Write down what a party that was asked replies */
  replyToIncident: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly party: string;
      readonly text?: string;
      readonly reason?: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Say its kind, place or time, before it is verified */
  reviseIncident: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly kind?: string;
      readonly where?: {
        readonly latitudeDeg: number;
        readonly longitudeDeg: number;
        readonly radiusKm: number;
        readonly basis: "fix" | "pixel" | "settlement" | "area" | "map" | "stated";
        readonly name?: string;
      };
      readonly when?: {
        readonly start: string;
        readonly end: string;
      };
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Revoke a token */
  revokeToken: {
    path: { readonly id: string };
    answer: undefined;
  };
  /** Send a file (application/octet-stream); reports name it by its SHA-256 */
  sendFile: {
    path: { readonly workspace: string };
    headers?: { readonly "idempotency-key"?: string | undefined };
    answer: {
      readonly file: string;
      readonly bytes: number;
    };
  };
  /** Send up to 100 items of evidence: each is added, known already, or refused with its reason */
  sendReports: {
    path: { readonly workspace: string };
    headers?: { readonly "idempotency-key"?: string | undefined };
    body: {
      readonly feed: string;
      readonly marking: {
        readonly owner: string;
        readonly releasableTo: "all" | readonly string[];
        readonly originatorControlled: boolean;
        readonly use: "exercise" | "real";
      };
      readonly items: readonly unknown[];
    };
    answer: {
      readonly added: number;
      readonly duplicate: number;
      readonly refused: number;
      readonly items: readonly ({
        readonly index: number;
        readonly evidence?: string;
        readonly outcome: "added" | "duplicate" | "refused";
        readonly problems?: readonly {
          readonly path: string;
          readonly message: string;
        }[];
      })[];
      readonly batch?: string;
    };
  };
  /** Set your password, where this site has them; your other sessions end */
  setPassword: {
    body: {
      readonly current?: string;
      readonly password: string;
    };
    answer: {
      readonly person: string;
      readonly name: string;
      readonly nation: string;
      readonly method: "passkey" | "password" | "oidc" | "invitation" | "exercise" | "token";
      readonly until: string;
      readonly roles: Readonly<Record<string, readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[]>>;
      readonly marking?: "EXERCISE";
    };
  };
  /** Somebody's roles in a workspace, or (`*`) of the server; one's own and an administrator's take two */
  setRoles: {
    path: { readonly person: string; readonly workspace: string };
    body: {
      readonly roles: readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[];
    };
    answer: {
      readonly is: "done" | "waits";
      readonly proposal?: string;
      readonly link?: string;
    };
  };
  /** Come in by a link, once, to add a passkey or a password */
  signInByInvitation: {
    body: {
      readonly invitation: string;
    };
    answer: {
      readonly person: string;
      readonly name: string;
      readonly nation: string;
      readonly method: "passkey" | "password" | "oidc" | "invitation" | "exercise" | "token";
      readonly until: string;
      readonly roles: Readonly<Record<string, readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[]>>;
      readonly marking?: "EXERCISE";
    };
  };
  /** Sign in by passkey */
  signInByPasskey: {
    body: {
      readonly id: string;
      readonly rawId: string;
      readonly type: "public-key";
      readonly authenticatorAttachment?: null | string;
      readonly clientExtensionResults?: Readonly<Record<string, unknown>>;
      readonly response: {
        readonly clientDataJSON: string;
        readonly authenticatorData: string;
        readonly signature: string;
        readonly userHandle?: null | string;
      };
    };
    answer: {
      readonly person: string;
      readonly name: string;
      readonly nation: string;
      readonly method: "passkey" | "password" | "oidc" | "invitation" | "exercise" | "token";
      readonly until: string;
      readonly roles: Readonly<Record<string, readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[]>>;
      readonly marking?: "EXERCISE";
    };
  };
  /** Sign in by password, where this site has them */
  signInByPassword: {
    body: {
      readonly login: string;
      readonly password: string;
    };
    answer: {
      readonly person: string;
      readonly name: string;
      readonly nation: string;
      readonly method: "passkey" | "password" | "oidc" | "invitation" | "exercise" | "token";
      readonly until: string;
      readonly roles: Readonly<Record<string, readonly ("observer" | "analyst" | "verifier" | "assessor" | "collection-manager" | "national-representative" | "administrator" | "auditor")[]>>;
      readonly marking?: "EXERCISE";
    };
  };
  /** Sign a notice, as it was read */
  signNotice: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly revision: number;
    };
    answer: {
      readonly event: string;
      readonly notice: {
        readonly id: string;
        readonly revision: number;
        readonly step: string;
        readonly clock: string;
        readonly incident: string;
        readonly recipient: string;
        readonly language: string;
        readonly agreement: {
          readonly id: string;
          readonly version: number;
          readonly digest?: string;
        };
        readonly subject: string;
        readonly text: string;
        readonly digest: string;
        readonly draftedBy: string;
        readonly signatures: readonly {
          readonly person: string;
          readonly at: {
            readonly earliest: string;
            readonly latest: string;
          };
        }[];
      };
    };
  };
  /** Sign out */
  signOut: {
    answer: undefined;
  };
  /** Split a part of the evidence off, or undo a merge */
  splitIncident: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly evidence?: readonly string[];
      readonly from?: string;
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Suspend a clock or let it run again, where the agreement knows of somebody who may */
  turnClock: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly to: "suspended" | "running";
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly clock: {
        readonly version: number;
        readonly id: string;
        readonly of: string;
        readonly incident: string;
        readonly clauses: readonly string[];
        readonly party?: string;
        readonly agreement: {
          readonly id: string;
          readonly version: number;
          readonly digest?: string;
        };
        readonly state: "running" | "suspended" | "stopped" | "edition-missing";
        readonly start: {
          readonly earliest: string;
          readonly latest: string;
        };
        readonly deadline: {
          readonly earliest: string;
          readonly latest: string;
        } | null;
        readonly due?: "ahead" | "may-be-past" | "past";
        readonly inTime?: "yes" | "no" | "cannot-be-told";
        readonly stopped?: {
          readonly at: {
            readonly earliest: string;
            readonly latest: string;
          };
          readonly because: unknown;
        };
      };
    };
  };
  /** Take evidence away; the program does not put it back */
  unlinkEvidence: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly evidence: readonly string[];
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Verify a corroborated incident, and ask the parties to reply */
  verifyIncident: {
    path: { readonly workspace: string; readonly id: string };
    headers?: { readonly "idempotency-key"?: string | undefined; readonly "if-match"?: string | undefined };
    body: {
      readonly ask?: readonly {
        readonly party: string;
        readonly until: string;
      }[];
      readonly reason: string;
    };
    answer: {
      readonly event: string;
      readonly incident: {
        readonly id: string;
        readonly version: number;
        readonly kind: string;
        readonly state: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly where: {
          readonly latitudeDeg: number;
          readonly longitudeDeg: number;
          readonly radiusKm: number;
          readonly basis: string;
          readonly name?: string;
        };
        readonly when: {
          readonly start: string;
          readonly end: string;
        };
        readonly witnesses: number;
        readonly probability01: number | null;
        readonly changedAt: string;
        readonly marking: {
          readonly owner: string;
          readonly releasableTo: "all" | readonly string[];
          readonly originatorControlled: boolean;
          readonly use: "exercise" | "real";
        };
        readonly kindBy?: string;
        readonly cameFrom?: "reported" | "located" | "corroborated" | "verified" | "assessed" | "referred" | "closed" | "retracted";
        readonly mergedInto?: string;
        readonly absorbed: readonly string[];
        readonly links: readonly ({
          readonly evidence: string;
          readonly role: "witness" | "context";
          readonly confidence01?: number;
          readonly reason: string;
          readonly via?: string;
        })[];
        readonly corroboration?: {
          readonly counted: readonly string[];
          readonly needed: number;
        };
        readonly verifiers: readonly string[];
        readonly asked: readonly {
          readonly party: string;
          readonly until: {
            readonly start: string;
            readonly end: string;
          };
        }[];
        readonly replies: readonly {
          readonly party: string;
          readonly at: {
            readonly start: string;
            readonly end: string;
          };
          readonly recordedAt: string;
          readonly evidence?: string;
          readonly by: string;
        }[];
        readonly assessment?: {
          readonly by: string;
          readonly finding: "breach" | "no-breach" | "undetermined";
          readonly clauses: readonly string[];
          readonly agreement: {
            readonly id: string;
            readonly version: number;
            readonly digest?: string;
          };
          readonly recordedAt: string;
          readonly replied: readonly string[];
          readonly silent: readonly string[];
        };
        readonly madeFrom?: string;
        readonly releasedAs: readonly string[];
      };
    };
  };
  /** Withdraw what waits */
  withdrawProposal: {
    path: { readonly id: string };
    answer: undefined;
  };
}

/** Method and path of each. */
export const ROUTES = {
  addPasskey: ["POST", "/api/me/passkeys"],
  addPerson: ["POST", "/api/people"],
  advanceClocks: ["POST", "/api/workspaces/{workspace}/clocks/advance"],
  assessIncident: ["POST", "/api/workspaces/{workspace}/incidents/{id}/assess"],
  beginPasskey: ["POST", "/api/me/passkeys/options"],
  beginPasskeySignIn: ["POST", "/api/sign-in/passkey/options"],
  cancelJob: ["POST", "/api/workspaces/{workspace}/jobs/{id}/cancel"],
  computeScenario: ["POST", "/api/workspaces/{workspace}/scenario"],
  confirmProposal: ["POST", "/api/proposals/{id}/confirm"],
  countIncidents: ["GET", "/api/workspaces/{workspace}/incidents/counts"],
  disablePerson: ["POST", "/api/people/{person}/disable"],
  enablePerson: ["POST", "/api/people/{person}/enable"],
  endOwnSession: ["DELETE", "/api/me/sessions/{id}"],
  endSessions: ["DELETE", "/api/people/{person}/sessions"],
  eraseEvidence: ["POST", "/api/workspaces/{workspace}/evidence/{id}/erase"],
  eraseFile: ["POST", "/api/workspaces/{workspace}/files/{hash}/erase"],
  erasePerson: ["DELETE", "/api/people/{person}"],
  getOwnCredentials: ["GET", "/api/me/credentials"],
  getPerson: ["GET", "/api/people/{person}"],
  getSession: ["GET", "/api/session"],
  invitePerson: ["POST", "/api/people/{person}/invite"],
  linkEvidence: ["POST", "/api/workspaces/{workspace}/incidents/{id}/link"],
  listAgreements: ["GET", "/api/workspaces/{workspace}/agreements"],
  listAssessments: ["GET", "/api/workspaces/{workspace}/assessments"],
  listClocks: ["GET", "/api/workspaces/{workspace}/clocks"],
  listEvidence: ["GET", "/api/workspaces/{workspace}/evidence"],
  listEvidenceNear: ["GET", "/api/workspaces/{workspace}/incidents/{id}/near"],
  listIncidents: ["GET", "/api/workspaces/{workspace}/incidents"],
  listJobs: ["GET", "/api/workspaces/{workspace}/jobs"],
  listNations: ["GET", "/api/workspaces/{workspace}/nations"],
  listNotices: ["GET", "/api/workspaces/{workspace}/notices"],
  listOwnSessions: ["GET", "/api/me/sessions"],
  listPasses: ["GET", "/api/workspaces/{workspace}/passes"],
  listPeople: ["GET", "/api/people"],
  listPlatforms: ["GET", "/api/workspaces/{workspace}/platforms"],
  listProposals: ["GET", "/api/proposals"],
  listReplies: ["GET", "/api/workspaces/{workspace}/replies"],
  listSignInWays: ["GET", "/api/sign-in"],
  listTokens: ["GET", "/api/me/tokens"],
  listWorkspaces: ["GET", "/api/workspaces"],
  listenToChanges: ["GET", "/api/workspaces/{workspace}/live"],
  makeDailyReport: ["POST", "/api/workspaces/{workspace}/daily-reports"],
  makeToken: ["POST", "/api/me/tokens"],
  mapIncidents: ["GET", "/api/workspaces/{workspace}/incidents/map"],
  mergeIncident: ["POST", "/api/workspaces/{workspace}/incidents/{id}/merge"],
  moveIncident: ["POST", "/api/workspaces/{workspace}/incidents/{id}/move"],
  openIncident: ["POST", "/api/workspaces/{workspace}/incidents"],
  playExercise: ["POST", "/api/workspaces/{workspace}/exercises"],
  readClock: ["GET", "/api/workspaces/{workspace}/clocks/{id}"],
  readCoverage: ["GET", "/api/workspaces/{workspace}/coverage"],
  readEvidence: ["GET", "/api/workspaces/{workspace}/evidence/{id}"],
  readFile: ["GET", "/api/workspaces/{workspace}/files/{hash}"],
  readIncident: ["GET", "/api/workspaces/{workspace}/incidents/{id}"],
  readIncidentHistory: ["GET", "/api/workspaces/{workspace}/incidents/{id}/history"],
  readJob: ["GET", "/api/workspaces/{workspace}/jobs/{id}"],
  readJobResult: ["GET", "/api/workspaces/{workspace}/jobs/{id}/results/{name}"],
  readLedger: ["GET", "/api/workspaces/{workspace}/ledger"],
  readLog: ["GET", "/api/workspaces/{workspace}/log"],
  readNotice: ["GET", "/api/workspaces/{workspace}/notices/{id}"],
  readScenario: ["GET", "/api/workspaces/{workspace}/scenario"],
  releaseIncident: ["POST", "/api/workspaces/{workspace}/incidents/{id}/releases"],
  removePasskey: ["DELETE", "/api/me/passkeys/{id}"],
  replyToIncident: ["POST", "/api/workspaces/{workspace}/incidents/{id}/replies"],
  reviseIncident: ["POST", "/api/workspaces/{workspace}/incidents/{id}/revise"],
  revokeToken: ["DELETE", "/api/me/tokens/{id}"],
  sendFile: ["POST", "/api/workspaces/{workspace}/files"],
  sendReports: ["POST", "/api/workspaces/{workspace}/reports"],
  setPassword: ["PUT", "/api/me/password"],
  setRoles: ["PUT", "/api/people/{person}/roles/{workspace}"],
  signInByInvitation: ["POST", "/api/sign-in/invitation"],
  signInByPasskey: ["POST", "/api/sign-in/passkey"],
  signInByPassword: ["POST", "/api/sign-in/password"],
  signNotice: ["POST", "/api/workspaces/{workspace}/notices/{id}/sign"],
  signOut: ["DELETE", "/api/session"],
  splitIncident: ["POST", "/api/workspaces/{workspace}/incidents/{id}/split"],
  turnClock: ["POST", "/api/workspaces/{workspace}/clocks/{id}/turn"],
  unlinkEvidence: ["POST", "/api/workspaces/{workspace}/incidents/{id}/unlink"],
  verifyIncident: ["POST", "/api/workspaces/{workspace}/incidents/{id}/verify"],
  withdrawProposal: ["DELETE", "/api/proposals/{id}"],
} as const;
