import { describe, expect, test } from "vitest";
import { micros, recorded } from "./recorded.js";
import { openAnthropic, saidIn, type Turn } from "./stand-ins/anthropic.js";
import type { Received } from "./stand-ins/stand-in.js";
import { findTool } from "./tool-binary.js";
import { afterwards, openWorkplace, type Workplace } from "./workplace.js";

const claude = findTool("claude");

/** What Claude Code says of itself at the end. */
interface Result {
  readonly total_cost_usd: number;
  readonly result: string;
  readonly session_id: string;
}

/** Usage that is another in every call, and costs whole micro-dollars: calls are rounded to those one by one. */
function usages() {
  let calls = 0;
  return () => {
    calls += 1;
    return {
      input: 100 + calls,
      output: 20 + calls,
      cacheRead: 30_000,
      cacheWrite5m: 1_500 + 4 * calls,
      cacheWrite1h: 500,
    };
  };
}

const toolResults = (request: Received) => saidIn(request).split('"type":"tool_result"').length - 1;
const hasTools = ({ body }: Received) => Array.isArray(body.tools) && body.tools.length > 0;
const bash = (command: string) => ({ name: "Bash", input: { command, description: "a step" } });
const subagent = {
  name: "Agent",
  input: { description: "a part", prompt: "SUBTASK", subagent_type: "general-purpose" },
};

interface Session {
  /** Before the answer to the first call within the phase. */
  readonly amid?: () => Promise<void>;
  readonly prompt?: string;
}

/** A session that opens a phase, has a subagent work in it, closes it, and ends. */
async function openSession({ amid, prompt = "MAIN" }: Session = {}) {
  const usage = usages();
  const api = await openAnthropic(async (request): Promise<Turn> => {
    const isSub = !saidIn(request).includes(prompt);
    if (!hasTools(request) || isSub) return { text: "done", usage: usage() };
    const steps = toolResults(request) % 3;
    if (saidIn(request).endsWith('ENOUGH"}]}]')) return { text: "enough", usage: usage() };
    if (toolResults(request) === 0) return { tools: [bash("wsm phase start implement")], usage: usage() };
    if (steps === 1) {
      await amid?.();
      return { tools: [subagent], usage: usage() };
    }
    if (steps === 2) return { tools: [bash("wsm phase end --result pass")], usage: usage() };
    return { text: "all done", usage: usage() };
  });
  afterwards(() => api.close());
  return api;
}

const environment = (url: string) => ({
  ANTHROPIC_BASE_URL: url,
  ANTHROPIC_API_KEY: "none",
  DISABLE_AUTOUPDATER: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  IS_SANDBOX: "1",
});

const flags = ["--output-format", "json", "--dangerously-skip-permissions", "--model", "claude-sonnet-4-5"];

describe.skipIf(claude === undefined)("Claude Code under wsm run", () => {
  const runClaude = (place: Workplace, url: string, args: readonly string[], ws = "WS-1") =>
    place.wsm(["run", "--ws", ws, "--", claude ?? "", ...args, ...flags], environment(url));

  test("has every call attributed to its run, and to the phase that was open, at the tool's own cost", async () => {
    const place = await openWorkplace();
    const api = await openSession();

    const ended = await runClaude(place, api.url, ["-p", "MAIN"]);

    const result: Result = JSON.parse(ended.out);
    const { runs, unattributedUsd } = await recorded(place);
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(result.result).toBe("all done");
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      status: "COMPLETED",
      executor: "claude_code",
      phases: [{ name: "IMPLEMENT" }],
    });
    expect(runs[0]?.cost.callCount).toBe(
      api.received.filter(({ path }) => path.startsWith("/v1/messages?")).length,
    );
    expect(micros(runs[0]?.cost.totalUsd)).toBe(micros(result.total_cost_usd));
    expect(runs[0]?.phases[0]?.costUsd).toBeGreaterThan(0);
    expect(unattributedUsd).toBe(0);
    expect(ended.err).toContain("implement");
  });

  test("loses nothing when the server dies in the middle and comes back", async () => {
    const place = await openWorkplace();
    const api = await openSession({ amid: place.killServer });

    const ended = await runClaude(place, api.url, ["-p", "MAIN"]);
    await place.startServer();
    const synced = await place.wsm(["sync", "--strict"]);

    const result: Result = JSON.parse(ended.out);
    const { runs, unattributedUsd } = await recorded(place);
    expect(ended.code).toBe(0);
    expect(synced).toMatchObject({ code: 0 });
    expect(runs).toMatchObject([{ status: "COMPLETED", phases: [{ name: "IMPLEMENT" }] }]);
    expect(micros(runs[0]?.cost.totalUsd)).toBe(micros(result.total_cost_usd));
    expect(runs[0]?.phases[0]?.costUsd).toBeGreaterThan(0);
    expect(unattributedUsd).toBe(0);
  });

  test("counts a session that is resumed for the run it is resumed in", async () => {
    const place = await openWorkplace();
    const api = await openSession();

    const first: Result = JSON.parse((await runClaude(place, api.url, ["-p", "MAIN"])).out);
    const resumed = await runClaude(
      place,
      api.url,
      ["-p", "MAIN ENOUGH", "--resume", first.session_id],
      "WS-2",
    );

    const { runs, unattributedUsd } = await recorded(place);
    const second: Result = JSON.parse(resumed.out);
    expect(second.session_id).toBe(first.session_id);
    expect(runs.map(({ status }) => status)).toEqual(["COMPLETED", "COMPLETED"]);
    expect(micros(runs[0]?.cost.totalUsd)).toBe(micros(first.total_cost_usd));
    expect(runs[1]?.cost.callCount).toBeGreaterThan(0);
    expect(unattributedUsd).toBe(0);
  });
});
