import fc from "fast-check";
import { expect, test } from "vitest";
import { after, hour, noon, second } from "../support/clock.js";
import { given } from "../support/given.js";
import { always, perhaps } from "../support/property.js";
import { copierOf, type RowFacts, startServerWithLog, type TestCopier } from "./log.js";

const { server, log } = await startServerWithLog();

/** Of the second run nobody tells before the end. */
const runs = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] as const;

const values = {
  /** Of the last day, two of them in the same minute. */
  started_at: fc.constantFrom(...[1, 30, 3_600, 50_000, 80_000].map((ago) => after(noon, -ago * second))),
  workflow_execution_id: perhaps(fc.constantFrom(...runs, "not a run")),
  cost_usd: perhaps(fc.integer({ min: 0, max: 5_000 }).map((thousandths) => thousandths / 1000)),
  artifact_type: fc.constantFrom("discovery", "architecture"),
};
const facts = fc.record(values);
/** Some of the facts, at least one. */
const corrections = fc
  .record(values, { requiredKeys: [] })
  .filter((corrected) => Object.keys(corrected).length > 0);

/** What happens around the log; which row changes is counted from the last one. */
const happenings = fc.array(
  fc.oneof(
    { arbitrary: fc.record({ kind: fc.constant("write" as const), facts }), weight: 4 },
    {
      arbitrary: fc.record({ kind: fc.constant("change" as const), row: fc.nat(5), facts: corrections }),
      weight: 4,
    },
    { arbitrary: fc.record({ kind: fc.constant("copy" as const) }), weight: 4 },
    { arbitrary: fc.record({ kind: fc.constant("restart" as const) }), weight: 1 },
    { arbitrary: fc.record({ kind: fc.constant("hour passes" as const) }), weight: 1 },
  ),
  { minLength: 3, maxLength: 20 },
);

type Happening = typeof happenings extends fc.Arbitrary<(infer One)[]> ? One : never;

/** Lets things happen; answers the instance that copied last. */
async function play(happened: readonly Happening[]): Promise<TestCopier> {
  const ids: string[] = [];
  let copier = copierOf(server);
  for (const event of happened) {
    if (event.kind === "write") ids.push(await log.write(event.facts));
    if (event.kind === "change") await change(ids.at(-1 - event.row), event.facts);
    if (event.kind === "copy") await copier.copy();
    if (event.kind === "hour passes") server.clock.advance(hour);
    if (event.kind === "restart") {
      await copier.giveTurnBack();
      copier = copierOf(server);
    }
  }
  return copier;
}

async function change(id: string | undefined, facts: RowFacts): Promise<void> {
  if (id !== undefined) await log.change(id, facts);
}

const callsOfLog = `
  select id::text as source_key, started_at, artifact_type as document_type, cost_usd::text,
    case when workflow_execution_id = any ($1::text[]) then workflow_execution_id end as run
  from llm_run order by 1`;

const copiedCalls = `
  select source_key, started_at, document_type, cost_usd::text, ws_execution_id::text as run
  from llm_calls order by 1`;

const sumsOfRuns =
  "select id, logged_call_count, logged_unpriced_call_count, logged_cost_usd::text from ws_executions order by id";

const sumsOfCalls = `
  select runs.id, count(source_key)::int as logged_call_count,
    count(source_key) filter (where calls.cost_usd is null)::int as logged_unpriced_call_count,
    sum(calls.cost_usd)::text as logged_cost_usd
  from ws_executions as runs left join llm_calls as calls on calls.ws_execution_id = runs.id
  group by runs.id order by runs.id`;

test("whatever happens to the log within two days, its calls are what it says", async () => {
  await always(happenings, { runs: 40, seconds: 4 }, async (happened) => {
    await server.reset();
    await server.sql("truncate llm_run");
    await given(server).execution({ id: runs[0] }).inProgress();
    const copier = await play(happened);
    await given(server).execution({ id: runs[1] }).inProgress();

    await copier.copy();

    expect(await server.sql(copiedCalls)).toEqual(await server.sql(callsOfLog, [`{${runs.join(",")}}`]));
    expect(await server.sql(sumsOfRuns)).toEqual(await server.sql(sumsOfCalls));
  });
});
