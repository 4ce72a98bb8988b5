import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import {
  at,
  bound,
  callAt,
  change,
  first,
  noCalls,
  runsOfCalls,
  second,
  shownCalls,
  third,
  unattributedUsd,
} from "./scene.js";

const server = await startTestServer();

describe.each(["before", "after"])("when the calls of a session are told %s its runs", (arrival) => {
  async function told(runs: () => Promise<unknown>, ...startedAts: readonly string[]): Promise<void> {
    const calls = () => given(server).calls(...startedAts.map((startedAt) => callAt(startedAt)));
    for (const tell of arrival === "before" ? [calls, runs] : [runs, calls]) await tell();
  }

  test("a call belongs to the run from the millisecond at which it starts", async () => {
    const [early, onTime] = [at(0, -1), at(0)];

    await told(() => bound(server, first, at(0)).inProgress(), early, onTime);

    expect(await runsOfCalls(server)).toEqual({ [early]: null, [onTime]: first });
  });

  test("a run in progress keeps its session for as long as it takes", async () => {
    const late = at(48 * 60, -1);

    await told(() => bound(server, first, at(-60_000)).inProgress(), late);

    expect(await runsOfCalls(server)).toEqual({ [late]: first });
  });

  test("a call belongs to the next run of the session from the millisecond at which that one starts", async () => {
    const takeover = at(60);
    const [before, then] = [at(60, -1), takeover];
    const runs = async () => {
      await bound(server, first, at(0)).inProgress();
      await bound(server, second, takeover).inProgress();
    };

    await told(runs, before, then);

    expect(await runsOfCalls(server)).toEqual({ [before]: first, [then]: second });
  });

  test("a call belongs to a run until five minutes after its end, and not a millisecond longer", async () => {
    const end = at(10);
    const [inTime, late] = [at(15), at(15, 1)];

    await told(() => bound(server, first, at(0)).completed({ seconds: 600 }), end, inTime, late);

    expect(await runsOfCalls(server)).toEqual({ [end]: first, [inTime]: first, [late]: null });
    expect(await unattributedUsd(server)).toBe(1);
  });

  test("the next run of a session takes it over within those five minutes", async () => {
    const [next, inTime] = [at(12), at(13)];
    const runs = async () => {
      await bound(server, first, at(0)).completed({ seconds: 600 });
      await bound(server, second, next).inProgress();
    };

    await told(runs, at(12, -1), next, inTime);

    expect(await runsOfCalls(server)).toEqual({ [at(12, -1)]: first, [next]: second, [inTime]: second });
  });

  test("a run inside another one of the same session takes the session over for good", async () => {
    const [outer, inner] = [at(0), at(60)];
    const [before, inside, afterwards] = [at(60, -1), inner, at(120)];
    const runs = async () => {
      await bound(server, first, outer).completed({ seconds: 3 * 3600 });
      await bound(server, second, inner).completed({ seconds: 60 });
    };

    await told(runs, before, inside, afterwards);

    expect(await runsOfCalls(server)).toEqual({ [before]: first, [inside]: second, [afterwards]: null });
  });

  test("of two runs that start at once the one with the larger id has the session, whichever came first", async () => {
    const runs = async () => {
      await bound(server, second, at(0)).inProgress();
      await bound(server, third, at(0)).completed({ seconds: 1 });
      await bound(server, first, at(0)).inProgress();
    };
    const [inTime, late] = [at(0), at(60)];

    await told(runs, inTime, late);

    expect(await runsOfCalls(server)).toEqual({ [inTime]: third, [late]: null });
  });

  test("a run has the calls of all its sessions, and a session serves one run after the other", async () => {
    const runs = async () => {
      await bound(server, first, at(0)).inProgress();
      await change(server, first, { executor_session_id: "session-2" });
      await change(server, first, { executor_session_id: "session-3" });
      await bound(server, second, at(60)).inProgress();
    };
    const late = at(120);
    const calls = ["session-1", "session-2", "session-3", "SESSION-1", "session-1 "].map(
      (executorSessionId) => ({ ...callAt(late, executorSessionId), executorSessionId }),
    );
    const tell = () => given(server).calls(...calls);

    for (const step of arrival === "before" ? [tell, runs] : [runs, tell]) await step();

    expect(await runsOfCalls(server)).toEqual({
      ...{ "session-1": second, "session-2": first, "session-3": first },
      ...{ "SESSION-1": null, "session-1 ": null },
    });
  });

  test("what a call claims wins over its session, even a run that never starts", async () => {
    const nobody = randomUUID();
    await given(server)
      .execution({ id: second, started_at: at(0) })
      .inProgress();
    const claims = [
      { ...callAt(at(0), "of another run"), executionId: second, costUsd: 1 },
      { ...callAt(at(0), "of nobody"), executionId: nobody, costUsd: 2 },
      { ...callAt(at(0), "of the session"), costUsd: 4 },
    ];
    const [runs, calls] = [
      () => bound(server, first, at(0)).inProgress(),
      () => given(server).calls(...claims),
    ];

    for (const tell of arrival === "before" ? [calls, runs] : [runs, calls]) await tell();

    expect(await runsOfCalls(server)).toEqual({
      "of another run": second,
      "of nobody": null,
      "of the session": first,
    });
    expect(await unattributedUsd(server)).toBe(2);
    await given(server)
      .execution({ id: nobody, started_at: at(60) })
      .inProgress();
    expect(await runsOfCalls(server)).toMatchObject({ "of nobody": nobody, "of the session": first });
    expect(await unattributedUsd(server)).toBe(0);
  });

  test("a call that names neither a run nor a session belongs to nobody, whatever was going on", async () => {
    const lost = { sourceKey: "lost", startedAt: at(0), costUsd: 0.5 };
    const [runs, calls] = [() => bound(server, first, at(0)).inProgress(), () => given(server).calls(lost)];

    for (const tell of arrival === "before" ? [calls, runs] : [runs, calls]) await tell();

    expect(await runsOfCalls(server)).toEqual({ lost: null });
    expect(await unattributedUsd(server)).toBe(0.5);
    expect(await shownCalls(server, first)).toEqual(noCalls);
  });
});
