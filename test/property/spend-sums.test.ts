import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { refreshSums } from "../../src/store/attribution.repository.js";
import { costSummary, costSummaryByCalls } from "../../src/store/cost-summary.repository.js";
import { differences, fold, rebuild } from "../../src/store/spend-sum.repository.js";
import { callSources, phaseNames } from "../../src/vocabulary.js";
import { minute } from "../support/clock.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { always, perhaps } from "../support/property.js";
import { instantsAround } from "./facts.arbitrary.js";
import { oddities } from "./zones.js";

const { store, sql, reset, close } = await openTestDatabase();
afterAll(close);

const runIds = [1, 2, 3].map((number) => `019c8a4e-0000-7000-8000-00000000000${number}`);
const timeOf = (instant: number | null) => instant && new Date(instant).toISOString();
const runId = fc.constantFrom(...runIds);
const key = fc.integer({ min: 1, max: 9 }).map((number) => `call-${number}`);
const amount = perhaps(fc.integer({ min: 0, max: 3 }));

const foldAtMost = (limit: number) => store.write((db) => fold(db, limit));

/** Something that happens to the tables, whoever does it. */
type Step = () => Promise<unknown>;

const rowsInto =
  (table: string, conflict: string, columns: readonly string[], rows: readonly object[]) => () =>
    sql(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::text::json)
     on conflict (${conflict}) do update set ${columns.map((name) => `${name} = excluded.${name}`)}`,
      [JSON.stringify(rows)],
    );

const callColumns = [
  ...["source_key", "source", "ws_execution_id", "model", "document_type", "phase_name", "started_at"],
  ...["reported_cost_usd", "created_at"],
];

/** New calls, and known ones that move, cost something else or lose their run. */
const callsIn = (instant: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc
    .uniqueArray(
      fc.record({
        source_key: key,
        source: fc.constantFrom(...callSources),
        ws_execution_id: perhaps(runId),
        model: fc.constantFrom("model-a", "model-b"),
        document_type: perhaps(fc.constantFrom("", "plan")),
        phase_name: fc.constantFrom(null, null, ...phaseNames.slice(0, 2)),
        started_at: instant.map(timeOf),
        reported_cost_usd: amount,
        created_at: fc.constant("2026-01-01T00:00:00Z"),
      }),
      { selector: (call) => call.source_key, minLength: 1, maxLength: 9 },
    )
    .map((calls) => rowsInto("llm_calls", "source_key", callColumns, calls));

const phaseColumns = ["ws_execution_id", "event_id", "sequence", "name", "started_at", "completed_at"];

const phasesIn = (instant: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc
    .record({ run: runId, event: fc.integer({ min: 1, max: 3 }), start: instant, lasts: perhaps(fc.nat(9)) })
    .chain(({ run, event, start, lasts }) =>
      fc.constantFrom(...phaseNames).map((name) =>
        rowsInto("ws_phases", "ws_execution_id, event_id", phaseColumns, [
          {
            ...{ ws_execution_id: run, event_id: `event-${event}`, sequence: event, name },
            started_at: timeOf(start),
            completed_at: lasts === null ? null : timeOf(start + lasts * 20 * minute),
          },
        ]),
      ),
    );

const runColumns = [
  "id",
  "ws_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "llm_cost_usd",
  "llm_model",
];

const runsIn = (instant: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc
    .record({
      id: runId,
      start: instant,
      lasts: perhaps(fc.nat(9)),
      cost: amount,
      model: perhaps(fc.constant("model-b")),
    })
    .chain(({ id, start, lasts, cost, model }) =>
      fc.constantFrom("WS-1", "WS-2").map((wsId) =>
        rowsInto("ws_executions", "id", runColumns, [
          {
            ...{ id, ws_id: wsId, executor: "human", llm_cost_usd: cost, llm_model: model },
            status: lasts === null ? "STARTED" : "FAILED",
            started_at: timeOf(start),
            completed_at: lasts === null ? null : timeOf(start + lasts * 20 * minute),
          },
        ]),
      ),
    );

const losses: fc.Arbitrary<Step> = fc.oneof(
  key.map((lost) => () => sql("delete from llm_calls where source_key >= $1", [lost])),
  runId.map((lost) => () => sql("delete from ws_phases where ws_execution_id = $1", [lost])),
  runId.map((lost) => async () => {
    await sql("delete from ws_phases where ws_execution_id = $1", [lost]);
    await sql("update llm_calls set ws_execution_id = null where ws_execution_id = $1", [lost]);
    await sql("delete from ws_executions where id = $1", [lost]);
  }),
  fc.constant(() => sql("truncate llm_calls")),
);

const folds: fc.Arbitrary<Step> = fc.integer({ min: 1, max: 4 }).map((limit) => () => foldAtMost(limit));

/** Runs that are missing come back; what runs keep of their calls is kept, as by whoever records calls. */
const runsExist = () =>
  sql(
    `insert into ws_executions (id, ws_id, executor, started_at)
     select id::uuid, 'WS-1', 'human', '2010-01-01T00:00:00Z' from unnest($1::text::text[]) as id
     on conflict do nothing`,
    [`{${runIds}}`],
  );

async function happen(steps: readonly Step[]): Promise<void> {
  await reset();
  for (const step of steps) {
    await runsExist();
    await step();
    await store.write((db) => refreshSums(db, runIds));
  }
}

const scene = fc.constantFrom(...oddities).chain(({ zone, pivot }) => {
  const near = fc.integer({ min: -48, max: 48 }).map((steps) => Date.parse(pivot) + steps * 5 * minute);
  const instant = fc.oneof(near, near, near, instantsAround(Date.parse(pivot)));
  const range = fc
    .record({ from: perhaps(instant), to: instant, zone: fc.constantFrom("UTC", zone) })
    .filter(({ from, to }) => from === null || from < to);
  const step = fc.oneof(
    { arbitrary: callsIn(instant), weight: 4 },
    { arbitrary: fc.oneof(phasesIn(instant), runsIn(instant), losses), weight: 4 },
    { arbitrary: folds, weight: 3 },
  );
  return fc.record({
    steps: fc.array(step, { minLength: 3, maxLength: 10 }),
    questions: fc.array(range, { minLength: 2, maxLength: 4 }),
  });
});

const foldAll = async () => {
  while ((await foldAtMost(100)) > 0);
};

async function expectAgreement(from: string | null, to: string, zone: string) {
  const range = { from: from === null ? null : new Date(from), to: new Date(to) };
  const kept = await store.read((db) => costSummary(db, range, zone));
  expect(kept).toEqual(await store.read((db) => costSummaryByCalls(db, range, zone)));
  return kept;
}

/** One run with calls that name no phase, folded. */
async function callsAt(...times: readonly string[]): Promise<void> {
  await happen([]);
  await runsExist();
  const calls = times.map((time, index) => ({
    ...{ source_key: `call-${index}`, source: "api", ws_execution_id: runIds[0], model: "model-a" },
    ...{ started_at: time, reported_cost_usd: 1, created_at: time },
  }));
  await rowsInto("llm_calls", "source_key", callColumns, calls)();
  await store.write((db) => refreshSums(db, runIds));
  await foldAll();
}

test("a phase that is told late, or ends late, takes the calls that were folded before", async () => {
  await callsAt("2026-02-23T10:00:00Z", "2026-02-23T10:40:00Z");
  const phase = { ws_execution_id: runIds[0], event_id: "event-1", sequence: 1, name: "implement" };
  const tell = (times: object) =>
    rowsInto("ws_phases", "ws_execution_id, event_id", phaseColumns, [{ ...phase, ...times }])();
  const phaseNow = async () => (await expectAgreement(null, "2026-02-24T00:00:00Z", "UTC")).byPhase;

  await tell({ started_at: "2026-02-23T10:30:00Z" });
  expect(await phaseNow()).toMatchObject([{ key: "implement", costUsd: 1 }, { key: null }]);
  await foldAll();
  await tell({ started_at: "2026-02-23T10:30:00Z", completed_at: "2026-02-23T10:35:00Z" });
  expect(await phaseNow()).toMatchObject([{ key: null, costUsd: 2 }]);
});

test("a run that spends on both sides of an edge, and at it, counts once on each side", async () => {
  await callsAt(
    "2026-02-23T10:44:00Z",
    "2026-02-23T10:45:00Z",
    "2026-02-23T11:10:00Z",
    "2026-02-24T00:00:00Z",
  );

  for (const edge of ["2026-02-23T10:45:00Z", "2026-02-23T10:44:30Z", "2026-02-23T11:00:00Z"]) {
    const before = await expectAgreement(null, edge, "UTC");
    const after = await expectAgreement(edge, "2026-02-25T00:00:00Z", "Asia/Kolkata");
    expect([before.byWs, after.byWs]).toMatchObject([[{ executionCount: 1 }], [{ executionCount: 1 }]]);
  }
});

test("a run counts once for a date that comes back", async () => {
  await callsAt("2010-03-04T14:30:00Z", "2010-03-04T15:30:00Z", "2010-03-04T16:30:00Z");

  const { byDate } = await expectAgreement(null, "2010-04-01T00:00:00Z", "Antarctica/Casey");

  expect(byDate.map(({ key, executionCount }) => [key, executionCount])).toEqual([
    ["2010-03-04", 1],
    ["2010-03-05", 1],
  ]);
});

test("whatever happens and whenever sums are folded, the cost summary says what the calls and runs say", async () => {
  await always(scene, { runs: 60, seconds: 6 }, async ({ steps, questions }) => {
    await happen(steps);

    for (const { from, to, zone } of questions) {
      const range = { from: from === null ? null : new Date(from), to: new Date(to) };
      const plain = await store.read((db) => costSummaryByCalls(db, range, zone));
      expect(await store.read((db) => costSummary(db, range, zone))).toEqual(plain);
    }
    expect(await store.read(differences)).toEqual([]);
    await foldAll();
    expect(await store.read(differences)).toEqual([]);
  });
});

test.runIf(onPostgres)(
  "several who fold while others write lose nothing, and add nothing twice",
  async () => {
    await happen([]);
    await runsExist();
    const write = async (writer: number) => {
      for (let batch = 0; batch < 12; batch += 1) {
        await sql(
          `insert into llm_calls (source_key, source, ws_execution_id, model, started_at, reported_cost_usd)
         select $1 || number, 'api', $2, 'model-a', '2026-02-23T10:00:00Z'::timestamptz + number * interval '7 min', 1
         from generate_series(1, 20) as number`,
          [`${writer}-${batch}-`, runIds[(writer + batch) % runIds.length] ?? null],
        );
      }
    };
    const foldSometimes = async () => {
      for (let turn = 0; turn < 25; turn += 1) await foldAtMost(3);
    };

    await Promise.all([write(1), write(2), foldSometimes(), foldSometimes(), foldSometimes()]);
    await foldAll();

    expect(await store.read(differences)).toEqual([]);
    expect((await expectAgreement(null, "2026-03-01T00:00:00Z", "UTC")).totalUsd).toBe(480);
  },
);

test("a sum that is wrong is told, and is right again when all are made anew", async () => {
  await happen([]);
  await runsExist();
  await sql("update ws_executions set llm_cost_usd = 2");
  await foldAll();
  await sql("update spend_sums set cost_usd = cost_usd + 1 where grain = 'ever' and dimension = 'ws_id'");

  const found = await store.read(differences);
  await store.write(rebuild);

  expect(found).toMatchObject([{ grain: "ever", measure: "cost_usd of ws_id WS-1", excess: "1.000000" }]);
  expect(await store.read(differences)).toEqual([]);
});
