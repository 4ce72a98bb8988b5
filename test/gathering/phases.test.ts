import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { after, noon, second } from "../support/clock.js";
import { onPostgres } from "../support/database.js";
import { startTestServer } from "../support/server.js";

const server = await startTestServer();

const recordPhase =
  "mutation ($input: RecordPhaseInput!) { recordPhase(input: $input) { outcome phase { eventId sequence result } execution { id phases { eventId } } } }";

async function givenRuns(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const events = ids.map((id) => ({
    startExecution: { id, wsId: "WS-1", executor: "human", startedAt: noon },
  }));
  await server.graphql("mutation ($events: [EventInput!]!) { recordEvents(events: $events) { outcome } }", {
    events,
  });
  return ids;
}

const verify = (executionId: string, facts: object = {}) => ({
  ...{ executionId, eventId: "verify", name: "VERIFY", startedAt: noon, completedAt: after(noon, second) },
  ...facts,
});

const post = (id: string, phase: object) => server.post("/ws-execution", { id, phase });

test.runIf(onPostgres)("phases of many runs that come at once are stored by few statements", async () => {
  const ids = await givenRuns(40);

  let answers: Awaited<ReturnType<typeof post>>[] = [];
  const statements = await server.statementsDuring(async () => {
    answers = await Promise.all(
      ids.map((id) => post(id, { event_id: "one", name: "implement", started_at: noon })),
    );
  });

  expect(answers.map(({ status, body }) => [status, body.outcome, body.id])).toEqual(
    ids.map((id) => [200, "RECORDED", id]),
  );
  expect(answers.map(({ body }) => body.phase_metrics)).toMatchObject(
    Array(40).fill({ phases: [{ event_id: "one" }] }),
  );
  expect(statements.length).toBeLessThan(100); // alone they take five each
  const [stored] = await server.sql("select count(*)::int as phases from ws_phases");
  expect(stored).toEqual({ phases: 40 });
});

test("of those that come at once each is answered for itself", async () => {
  const [run = "", other = ""] = await givenRuns(2);
  const nobody = randomUUID();
  await server.graphql(recordPhase, { input: verify(run) });

  const [repeat, taken, added, unknown, bad] = await Promise.all(
    [
      verify(run),
      verify(run, { name: "IMPLEMENT" }),
      verify(other),
      verify(nobody),
      verify(other, { eventId: "" }),
    ].map((input) => server.graphql(recordPhase, { input })),
  );

  expect(repeat?.body.data?.recordPhase).toMatchObject({ outcome: "DUPLICATE", phase: { sequence: 1 } });
  expect(taken?.body.data?.recordPhase).toMatchObject({ outcome: "CONFLICT_IGNORED" });
  expect(added?.body.data?.recordPhase).toMatchObject({ outcome: "RECORDED", execution: { id: other } });
  expect(unknown?.body.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  expect(bad?.body.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
});

test("many phases of one run that come at once get sequences without gaps, and all stand in its document", async () => {
  const [run = ""] = await givenRuns(1);
  const eventIds = Array.from({ length: 30 }, () => randomUUID());

  await Promise.all(
    eventIds.map((eventId) => server.graphql(recordPhase, { input: verify(run, { eventId }) })),
  );

  const { body } = await server.get(`/ws-executions/${run}`);
  expect(body.phase_metrics).toMatchObject({ phases: eventIds.map((_, index) => ({ sequence: index + 1 })) });
  const stored = await server.sql("select event_id from ws_phases");
  expect(stored.map(({ event_id }) => event_id).sort()).toEqual(eventIds.toSorted());
});

test("one that the database refuses spoils none of those that came with it", async () => {
  const ids = await givenRuns(10);
  await server.sql(`
    create function refuse() returns trigger language plpgsql as
      $$ begin if new.event_id = 'refused' then raise 'refused'; end if; return new; end $$`);
  await server.sql(
    "create trigger refusal before insert on ws_phases for each row execute function refuse()",
  );
  onTestFinished(async () => {
    await server.sql("drop function refuse() cascade");
  });

  const answers = await Promise.all(
    ids.map((id, index) =>
      post(id, { event_id: index === 4 ? "refused" : "fine", name: "verify", started_at: noon }),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual(ids.map((_, index) => (index === 4 ? 500 : 200)));
});

test.runIf(onPostgres)("a run that somebody else holds keeps none of the others waiting", async () => {
  const [held = "", ...others] = await givenRuns(10);
  await server.sql("begin");
  onTestFinished(async () => {
    await server.sql("rollback");
  });
  await server.sql(`select 1 from ws_executions where id = '${held}' for update`);

  const waiting = server.graphql(recordPhase, { input: verify(held) });
  const answers = await Promise.all(others.map((id) => server.graphql(recordPhase, { input: verify(id) })));

  const recorded = { data: { recordPhase: { outcome: "RECORDED" } } };
  expect(answers.map(({ body }) => body)).toMatchObject(Array(9).fill(recorded));
  await server.sql("rollback");
  expect((await waiting).body).toMatchObject(recorded);
});
