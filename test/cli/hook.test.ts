import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { type Desk, openDesk } from "../support/wsm.js";

const server = await startTestServer({ clock: new Date().toISOString() });
const nobody = "http://127.0.0.1:1";

const said = (input: object | string) =>
  Readable.from([Buffer.from(typeof input === "string" ? input : JSON.stringify(input))]);
const begin = (desk: Desk, env: Record<string, string>, input: object = { session_id: "session-1" }) =>
  desk.wsm(["hook", "session-start"], env, { input: said({ cwd: desk.folder, ...input }) });
const runOfTree = async ({ folder }: Desk) =>
  (await readFile(join(folder, ".wsm", "execution"), "utf8")).trim();
const stored = (id: string) =>
  server.sql(
    `select ws_id, executor_session_id as session from ws_executions e
     left join ws_execution_sessions s on s.ws_execution_id = e.id where e.id = '${id}'`,
  );

describe("wsm hook session-start", () => {
  test("starts the run that the environment asks for, binds the session, reminds, and exports the id", async () => {
    const desk = await openDesk(server.url);
    const exported = join(desk.folder, "exported");

    const { status, out, err } = await begin(desk, { WSM_WS: "WS-1", CLAUDE_ENV_FILE: exported });

    const id = await runOfTree(desk);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(JSON.parse(out).hookSpecificOutput).toMatchObject({
      hookEventName: "SessionStart",
      additionalContext: expect.stringContaining("WS-1"),
    });
    expect(await readFile(exported, "utf8")).toBe(`export WS_EXECUTION_ID=${id}\n`);
    expect(await stored(id)).toEqual([{ ws_id: "WS-1", session: "session-1" }]);
  });

  test("goes on with the open run of the same Work Statement, and never with that of another", async () => {
    const desk = await openDesk(server.url);
    await begin(desk, { WSM_WS: "WS-1" });
    const first = await runOfTree(desk);

    await begin(desk, { WSM_WS: "WS-1" }, { session_id: "session-2" });
    const resumed = await runOfTree(desk);
    const { out } = await begin(desk, { WSM_WS: "WS-2" });
    const other = await runOfTree(desk);

    expect(resumed).toBe(first);
    expect(other).not.toBe(first);
    expect(out).toContain("WS-2");
    expect(await stored(other)).toMatchObject([{ ws_id: "WS-2" }]);
  });

  test("says and does nothing where there is no run, or one that has ended", async () => {
    const desk = await openDesk(server.url);
    const none = await begin(desk, {});
    await desk.wsm(["start", "--ws", "WS-1", "--executor", "human"]);
    const id = await runOfTree(desk);
    await desk.wsm(["complete"]);

    const ended = await begin(desk, { WS_EXECUTION_ID: id });

    expect(none).toEqual({ status: 0, out: "", err: "" });
    expect(ended).toEqual({ status: 0, out: "", err: "" });
  });
});

interface Case {
  readonly of: string;
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

describe("wsm hook", () => {
  test.each([
    { of: "an event of another version", words: ["hook", "nope", "--new", "x"], env: {} },
    { of: "no event", words: ["hook"], env: {} },
    { of: "a wrong address", words: ["hook", "flush"], env: { WSM_URL: "ftp://x" } },
    { of: "a wrong id", words: ["hook", "session-start"], env: { WS_EXECUTION_ID: "$(reboot)" } },
    {
      of: "a Work Statement of too long a name",
      words: ["hook", "session-start"],
      env: { WSM_WS: "x".repeat(10_000) },
    },
  ] as readonly Case[])("says nothing and fails nothing because of $of", async ({ words, env }) => {
    const desk = await openDesk(server.url);

    expect(await desk.wsm(words, env, { input: said("no JSON") })).toEqual({ status: 0, out: "", err: "" });
  });

  test("says nothing and fails nothing where nothing can be kept", async () => {
    const desk = await openDesk(nobody);
    await writeFile(join(desk.folder, "file"), "");

    const { status, err } = await begin(desk, {
      WSM_WS: "WS-1",
      WSM_STATE_DIR: join(desk.folder, "file", "x"),
    });

    expect({ status, err }).toEqual({ status: 0, err: "" });
  });

  test("waits neither for input that does not end nor for a server that does not answer", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const desk = await openDesk(`http://127.0.0.1:${port}`);
    await desk.wsm(["start", "--ws", "WS-1", "--executor", "human"], { WSM_OFFLINE: "1" });
    const started = performance.now();

    const { status } = await desk.wsm(["hook", "flush"], {}, { input: new PassThrough() });

    const tookMs = performance.now() - started;
    silent.close();
    expect(status).toBe(0);
    expect(tookMs).toBeLessThan(1_700); // the 2,000 ms of other commands are more
  });

  test("delivers what waits", async () => {
    const desk = await openDesk(server.url);
    await desk.wsm(["start", "--ws", "WS-7", "--executor", "human"], { WSM_OFFLINE: "1" });

    await desk.wsm(["hook", "flush"], {}, { input: said({}) });

    expect(await stored(await runOfTree(desk))).toMatchObject([{ ws_id: "WS-7" }]);
  });
});
