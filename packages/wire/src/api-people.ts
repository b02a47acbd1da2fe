/** People of the server, their roles, how they sign in. Names stand here and nowhere in a log. */
import Type from "typebox";
import { closed } from "./agreement-clause.ts";
import { Moment, ObjectId, PageQuery, pageOf } from "./api-common.ts";
import { InstantText, NationCode } from "./common.ts";

/** One line, without what steers a terminal. */
const Line = (most: number, description: string) =>
  Type.String({
    minLength: 1,
    maxLength: most,
    pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*\\S[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$",
    description,
  });

const Login = Line(100, "what they type to sign in by password; capitals do not count");
const Secret = Type.String({ minLength: 1, maxLength: 1024, description: "at least 12 characters where it is new" });

export const RoleName = Type.Enum([
  "observer",
  "analyst",
  "verifier",
  "assessor",
  "collection-manager",
  "national-representative",
  "administrator",
  "auditor",
]);
const Roles = Type.Array(RoleName, { maxItems: 8, uniqueItems: true });
export const ActionName = Type.Enum([
  "read",
  "report",
  "link",
  "verify",
  "assess",
  "ask-for-look",
  "sign-notice",
  "release",
  "erase",
]);
const RolesByWorkspace = Type.Record(Type.String(), Roles, { description: "by workspace; `*`: the server itself" });

/** 204. */
export const Nothing = Type.Null({ description: "done" });

/** How one may sign in here. */
export const SignInWays = Type.Object({
  passkeys: Type.Boolean(),
  passwords: Type.Boolean(),
  providers: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
});

export const SessionBody = Type.Object({
  person: Type.String(),
  name: Type.String(),
  nation: Type.String(),
  method: Type.Enum(["passkey", "password", "oidc", "invitation", "exercise", "token"]),
  until: Moment,
  roles: RolesByWorkspace,
  marking: Type.Optional(
    Type.Literal("EXERCISE", { description: "nobody signed in: an exercise takes whoever sits at this machine" }),
  ),
});

export const PasswordSignIn = Type.Object({ login: Login, password: Secret }, closed);
export const InvitationSignIn = Type.Object(
  { invitation: Type.String({ pattern: "^vdi_[\\w-]{20,100}$", description: "what stands in the link after the #" }) },
  closed,
);

/** As the browser's `navigator.credentials` gives and takes them: WebAuthn level 3. */
export const PasskeyOptions = Type.Record(Type.String(), Type.Unknown());
const Encoded = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: "^[A-Za-z0-9_-]+$" });
const answer = {
  id: Encoded(1400),
  rawId: Encoded(1400),
  type: Type.Literal("public-key"),
  authenticatorAttachment: Type.Optional(Type.Union([Type.Null(), Type.String({ maxLength: 32 })])),
  clientExtensionResults: Type.Optional(
    Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 20 }),
  ),
};
export const PasskeyAnswer = Type.Object({
  ...answer,
  response: Type.Object({
    clientDataJSON: Encoded(4096),
    authenticatorData: Encoded(4096),
    signature: Encoded(2048),
    userHandle: Type.Optional(Type.Union([Type.Null(), Type.String({ maxLength: 200 })])),
  }),
});
export const NewPasskey = Type.Object(
  {
    name: Line(100, "what its holder calls it"),
    response: Type.Object({
      ...answer,
      response: Type.Object({
        clientDataJSON: Encoded(4096),
        attestationObject: Encoded(65_536),
        transports: Type.Optional(Type.Array(Type.String({ pattern: "^[a-z-]{1,32}$" }), { maxItems: 10 })),
      }),
    }),
  },
  closed,
);
export const NewPassword = Type.Object(
  {
    current: Type.Optional(Type.String({ maxLength: 1024, description: "the one until now, where there is one" })),
    password: Secret,
  },
  closed,
);
export const PasskeyParams = Type.Object({ id: Encoded(1400) });

export const CredentialsBody = Type.Object({
  passkeys: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      made: Moment,
      used: Type.Union([Moment, Type.Null()]),
    }),
  ),
  hasPassword: Type.Boolean(),
  identities: Type.Array(Type.Object({ issuer: Type.String(), subject: Type.String() })),
});

export const OwnSessions = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      method: Type.String(),
      made: Moment,
      seen: Moment,
      until: Moment,
      isThis: Type.Boolean({ description: "the one that asks" }),
    }),
  ),
});

const Scope = Type.Object(
  { workspace: ObjectId, actions: Type.Array(ActionName, { minItems: 1, maxItems: 9, uniqueItems: true }) },
  closed,
);
export const NewToken = Type.Object(
  { name: Line(100, "what it is for"), scope: Scope, until: InstantText },
  { ...closed, description: "for a program; at most a year" },
);
const tokenParts = { id: Type.String(), name: Type.String(), scope: Scope, made: Moment, until: Moment };
export const TokenMade = Type.Object({
  id: Type.String(),
  token: Type.String({ description: "shown this once: it is kept nowhere" }),
});
export const TokenList = Type.Object({
  items: Type.Array(Type.Object({ ...tokenParts, used: Type.Union([Moment, Type.Null()]) })),
});

const personParts = {
  id: Type.String(),
  name: Type.String(),
  login: Type.Union([Type.String(), Type.Null()]),
  nation: Type.String(),
  isDisabled: Type.Boolean(),
  isErased: Type.Boolean(),
};
export const PersonBody = Type.Object({ ...personParts, roles: RolesByWorkspace });
export const PersonList = pageOf(Type.Object(personParts));
export const NewPerson = Type.Object(
  { name: Line(200, "as others see it"), nation: NationCode, login: Type.Optional(Login) },
  closed,
);
export const Invited = Type.Object({
  person: Type.String(),
  link: Type.String({ description: "good once, for a day; shown this once" }),
});

export const ProviderParams = Type.Object({ provider: Type.String({ pattern: "^[a-z0-9-]{1,64}$" }) });
/** A session, a token, a proposal. */
export const ItemParams = Type.Object({ id: ObjectId });
export const PeopleQuery = Type.Object({
  limit: PageQuery.limit,
  cursor: Type.Optional(Type.String({ pattern: "^[\\w-]{0,64}$", description: "`next` of the page before" })),
});
export const PersonParams = Type.Object({ person: ObjectId });
export const RoleParams = Type.Object({
  person: ObjectId,
  workspace: Type.String({ pattern: "^(\\*|[A-Za-z0-9][A-Za-z0-9._:~-]{0,127})$" }),
});
export const RolesAsked = Type.Object({ roles: Roles }, { ...closed, description: "these and no others" });

/** `done`; or `waits`: another administrator is to confirm it. */
export const ChangeAnswer = Type.Object({
  is: Type.Enum(["done", "waits"]),
  proposal: Type.Optional(Type.String()),
  link: Type.Optional(Type.String({ description: "good once, for a day; shown this once" })),
});
export const ProposalList = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      askedBy: Type.String(),
      asked: Moment,
      change: Type.Object({
        kind: Type.Enum(["roles", "disable", "enable", "erase", "invite"]),
        person: Type.String(),
        workspace: Type.Optional(Type.String()),
        roles: Type.Optional(Roles),
      }),
    }),
  ),
});
