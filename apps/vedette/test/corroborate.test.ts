/** `vedette corroborate` as a person calls it: rows in, rows out, feeds missing, files broken, copies planted. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runVedette } from "./cli-fixture.ts";
import { DAY, type Feeds, type NewsLine, PLACE, usualNews, writeFeeds } from "./corroborate-fixture.ts";

const CLAIM = `a,${PLACE.latitude},${PLACE.longitude},2022-06-15`;

interface Score {
  readonly id: string;
  readonly probability: string;
  readonly ratio: number;
  readonly observed: string;
  readonly observable: string;
  readonly reasons: string;
}

interface Asked {
  readonly feeds: Feeds;
  readonly claims?: string;
  readonly more?: readonly string[];
  readonly change?: (folder: string) => void;
}

async function ask({ feeds, claims = `id,latitude,longitude,date\n${CLAIM}\n`, more = [], change = () => {} }: Asked) {
  const folder = mkdtempSync(join(tmpdir(), "vedette-corroborate-"));
  try {
    writeFeeds(join(folder, "feeds"), feeds);
    writeFileSync(join(folder, "claims.csv"), claims);
    change(folder);
    const out = join(folder, "out", "scores.csv");
    const ran = await runVedette(
      ["corroborate", "--claims", "claims.csv", "--feeds", "feeds", "--out", out, ...more],
      folder,
    );
    return { ...ran, scores: existsSync(out) ? scoresOf(readFileSync(out, "utf8")) : undefined };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function scoresOf(text: string): Score[] {
  const [header, ...lines] = text.trimEnd().split("\n");
  assert.equal(header, "id,probability,log_likelihood_ratio,observed,observable,reasons");
  return lines.map((line) => {
    const [, id = "", probability = "", ratio = "", observed = "", observable = "", reasons = ""] =
      /^("(?:[^"]|"")*"|[^,]*),([^,]*),([^,]*),([^,]*),([^,]*),(.*)$/.exec(line) ?? [];
    return { id, probability, ratio: Number(ratio), observed, observable, reasons };
  });
}

const ALL: Feeds = { firms: true, alerts: true, places: true, news: usualNews() };

test("a claim with a fire, a long alert and quiet news: each tells its numbers, and the prior is an argument", async () => {
  const { code, scores, stderr } = await ask({ feeds: ALL });
  assert.equal(code, 0, stderr);
  const [score] = scores ?? [];
  assert.ok(score !== undefined && scores?.length === 1);
  assert.ok(Number(score.probability) > 0.55, score.probability);
  assert.equal(score.observed, "seen");
  assert.ok(Number(score.observable) > 0);
  for (const part of [
    "3 anomalies within 6 km",
    "strongest 43 MW",
    "MODIS Terra 09:06",
    "VIIRS N 00:06",
    "450 min",
    "Cherkaska oblast",
    "4 of 4 furnaces",
  ])
    assert.ok(score.reasons.includes(part), `${part}: ${score.reasons}`);
  const low = await ask({ feeds: ALL, more: ["--prior", "0.1"] });
  const odds = Math.exp(score.ratio) / 9;
  assert.ok(Math.abs(Number(low.scores?.[0]?.probability) - odds / (1 + odds)) < 1e-5);
  assert.equal(low.scores?.[0]?.ratio, score.ratio);
});

test("rows come back one for one in their order, also those that make no sense", async () => {
  const claims = [
    "kind,date,longitude,latitude,id,time,note",
    `missile,2022-06-15,${PLACE.longitude},${PLACE.latitude},first,14:30,x`,
    `,2022-06-15,200,${PLACE.latitude},"two, with a comma",,`,
    `,2022-02-30,${PLACE.longitude},${PLACE.latitude},third,,`,
    `,,,,,,`,
    `no such kind,2022-06-15,${PLACE.longitude},${PLACE.latitude},fifth,,`,
    `,2031-06-15,-70,-40,sixth,,`,
    `,2022-06-15,${PLACE.longitude},${PLACE.latitude},short`,
    `,2022-06-15,${PLACE.longitude},${PLACE.latitude},first,25:00,`,
  ].join("\r\n");
  const { code, scores = [], stdout } = await ask({ feeds: ALL, claims: `\ufeff${claims}\r\n` });
  assert.equal(code, 0);
  assert.deepEqual(
    scores.map(({ id, probability }) => [id, probability === ""]),
    [
      ["first", false],
      ['"two, with a comma"', true],
      ["third", true],
      ["", true],
      ["fifth", false],
      ["sixth", false],
      ["short", false],
      ["first", true],
    ],
  );
  assert.match(scores[1]?.reasons ?? "", /not scored: longitude .*200/);
  assert.match(scores[2]?.reasons ?? "", /no such date/);
  assert.equal(scores[5]?.ratio, 0);
  assert.match(stdout, /8 claims: 4 scored, 4 not/);
});

test("any feed may be missing: the answer says what, and takes it for unknown", async () => {
  const check = async (feed: "firms" | "alerts" | "news" | "places"): Promise<void> => {
    const { [feed]: _, ...feeds } = ALL;
    const { code, scores, stdout } = await ask({ feeds });
    assert.equal(code, 0, feed);
    assert.match(stdout, new RegExp(`${feed}: missing, so unknown`));
    const part = {
      firms: "heat: unknown",
      alerts: "alerts: unknown",
      news: "news: unknown",
      places: "alerts: unknown",
    }[feed];
    assert.ok(scores?.[0]?.reasons.includes(part), scores?.[0]?.reasons);
  };
  await Promise.all((["firms", "alerts", "news", "places"] as const).map(check));
  const only = await ask({ feeds: { places: true } });
  assert.deepEqual(
    [only.scores?.[0]?.ratio, only.scores?.[0]?.observed, only.scores?.[0]?.observable],
    [0, "unknown", "unknown"],
  );
});

const others: NewsLine[] = [
  { id: 50, day: DAY, km: 45 },
  { id: 51, day: DAY, km: 70 },
];
const own: NewsLine = {
  id: 60,
  day: DAY,
  km: 0.5,
  text: "Вибухи на нафтобазі біля залізничного вокзалу, повідомив міський голова у вечірньому зверненні",
};
const copies: NewsLine[] = [
  { id: 61, day: DAY, km: 3 },
  { id: 62, day: DAY, km: 80, url: "https://m60.example/60" },
  { id: 63, day: DAY, km: 90, text: `${own.text}!` },
  { id: 60, day: DAY, km: 55 },
];

test("no leakage: with the claim's own report and its copies in the feed, or without, the score is the same", async () => {
  const without = await ask({ feeds: { ...ALL, news: [...usualNews(), ...others] } });
  const within = await ask({ feeds: { ...ALL, news: [...usualNews(), ...others, own, ...copies] } });
  const scoreOf = ({ scores }: typeof without) => [scores?.[0]?.probability, scores?.[0]?.ratio];
  assert.deepEqual(scoreOf(within), scoreOf(without));
  // The gate is one: the same number of reports that are nobody's copies does move it.
  const moved = await ask({
    feeds: {
      ...ALL,
      news: [...usualNews(), ...others, ...[70, 71, 72].map((id, i) => ({ id, day: DAY, km: 50 + 9 * i }))],
    },
  });
  assert.ok((moved.scores?.[0]?.ratio ?? 0) > (without.scores?.[0]?.ratio ?? 0) + 0.1);
});

test("one clear error, and nothing written, where the call or a file is at fault", async () => {
  const cases: readonly [Asked, number, RegExp][] = [
    [{ feeds: ALL, more: ["--prior", "1"] }, 2, /--prior 1: expected a probability/],
    [{ feeds: ALL, claims: "id,lat,lon,date\n" }, 1, /claims\.csv:1: .*no column latitude/],
    [{ feeds: ALL, claims: "" }, 1, /claims\.csv: the file is empty/],
    [{ feeds: {} }, 1, /feeds: cannot be read/],
    [{ feeds: ALL, more: ["--model", "none.yaml"] }, 1, /none\.yaml/],
    [
      { feeds: ALL, change: (folder) => writeFileSync(join(folder, "feeds", "places", "x.json"), "{") },
      1,
      /x\.json: is no JSON/,
    ],
    [
      {
        feeds: ALL,
        change: (folder) => writeFileSync(join(folder, "feeds", "firms", "x.csv"), Buffer.from([0x41, 0, 0x42])),
      },
      1,
      /x\.csv: is not text/,
    ],
  ];
  const check = async ([asked, code, message]: (typeof cases)[number]): Promise<void> => {
    const ran = await ask(asked);
    assert.equal(ran.code, code, ran.stderr);
    assert.match(ran.stderr, message);
    assert.equal(ran.scores, undefined);
  };
  await Promise.all(cases.map(check));
});

test("rows of a feed that make no sense are counted, with the line of the first; other files are passed over", async () => {
  const change = (folder: string): void => {
    const rows = [
      "LATITUDE,LONGITUDE,ACQ_DATE",
      "49,31,2022-13-01",
      "x,31,2022-06-01",
      "49,31,0000-00-00",
      "49,31,2022-06-01",
    ];
    writeFileSync(join(folder, "feeds", "firms", "odd.csv"), rows.join("\n"));
    writeFileSync(join(folder, "feeds", "firms", "other.csv"), "a,b\n1,2\n");
  };
  const { code, stdout } = await ask({ feeds: ALL, change });
  assert.equal(code, 0);
  assert.match(stdout, /firms\/odd\.csv: 3 rows left out, the first in line 2/);
  const { stdout: json } = await ask({ feeds: ALL, change, more: ["--json"] });
  const { feeds, scored } = JSON.parse(json);
  assert.equal(scored, 1);
  assert.ok(feeds.some((each: { file: string; passedOver?: true }) => each.file === "other.csv" && each.passedOver));
});

test("a new sensor needs a table and no code: its rates weigh what it saw, and a look that saw nothing", async () => {
  const table = `kind: evidence-source
about: { title: Listening posts }
id: posts
title: Listening posts
operator: { id: mission, name: The monitoring mission }
form: detection
grade: { reliability: B, credibility: 3 }
place: { basis: fix, radiusKm: { value: 1, assumed: by ear } }
time: { precision: minute, zone: Europe/Kyiv }
looks: always
stoppedByCloud: false
detects: { explosion: { probability01: { value: 0.6, assumed: in still air }, withinHours: 1, withinKm: 8 } }
falseAlarms: { perSourceDay: { value: 0.2, assumed: thunder } }
`;
  const change = (rows: readonly string[]) => (folder: string) => {
    mkdirSync(join(folder, "feeds", "detections"), { recursive: true });
    mkdirSync(join(folder, "tables"));
    writeFileSync(join(folder, "tables", "posts.yaml"), table);
    writeFileSync(
      join(folder, "feeds", "detections", "d.csv"),
      ["source,latitude,longitude,date,time,seen", ...rows].join("\n"),
    );
  };
  const place = `${PLACE.latitude},${PLACE.longitude}`;
  const askWith = (rows: readonly string[]) => ask({ feeds: {}, change: change(rows), more: ["--sources", "tables"] });
  const [seen, vain] = await Promise.all([
    askWith([`posts,${place},2022-06-15,14:30,yes`, `nobody,${place},2022-06-15,,`]),
    askWith([`posts,${place},2022-06-15,14:30,no`]),
  ]);
  // 0.2 a day over 26 hours: 0.2167 false ones.
  assert.ok(Math.abs((seen.scores?.[0]?.ratio ?? 0) - Math.log(0.6 / (0.2 * (26 / 24)) + 0.4)) < 1e-5, seen.stderr);
  assert.match(seen.stdout, /detections\/d\.csv: 1 row left out, the first in line 3/);
  assert.ok(Math.abs((vain.scores?.[0]?.ratio ?? 0) - Math.log(0.4)) < 1e-5);
  assert.match(
    vain.scores?.[0]?.reasons ?? "",
    /Listening posts: looked and saw nothing, would have seen it with 60 %/,
  );
});

test("a kind that never shows as heat is not weighed by heat; what may have been an explosion is", async () => {
  const kinds = ["jamming", "harm-to-civilians", "infrastructure", "unknown", "airstrike"];
  const claims = ["id,latitude,longitude,date,kind", ...kinds.map((kind) => `${CLAIM},${kind}`)].join("\n");
  const { scores = [] } = await ask({ feeds: { firms: true }, claims });
  assert.deepEqual(
    scores.map(({ reasons, observed }) => [reasons.includes("heat: not weighed"), observed]),
    [[true, "unknown"], ...Array.from({ length: 4 }, () => [false, "seen"])],
  );
});
