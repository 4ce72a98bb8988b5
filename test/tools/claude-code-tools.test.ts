import { describe, expect, test } from "vitest";
import { openAnthropic, saidIn, type Turn } from "./stand-ins/anthropic.js";
import { findTool } from "./tool-binary.js";
import { afterwards, openWorkplace } from "./workplace.js";

const claude = findTool("claude") ?? "";

/** A session in which a model reports a Work Statement by tools alone, and says what they answered. */
async function openReportingSession() {
  const answers: string[] = [];
  const api = await openAnthropic((request): Turn => {
    const usage = { input: 100, output: 20 };
    const said = saidIn(request);
    const step = said.split('"type":"tool_result"').length - 1;
    if (!Array.isArray(request.body.tools) || request.body.tools.length === 0) return { text: "done", usage };
    answers.push(said);
    const [, execution_id] = /execution_id[\\":]+([\da-f-]{36})/.exec(said) ?? [];
    const phase = { execution_id, name: "implement" };
    const calls = [
      { name: "start_work_statement", input: { ws_id: "WS-1", executor: "claude_code" } },
      { name: "report_phase", input: phase },
      { name: "report_phase", input: { ...phase, result: "pass", files_modified: 2 } },
      { name: "complete_work_statement", input: { execution_id, rework_cycles: 1 } },
    ];
    const call = calls[step];
    if (call === undefined) return { text: "all done", usage };
    return { tools: [{ ...call, name: `mcp__wsm__${call.name}` }], usage };
  });
  afterwards(() => api.close());
  return { url: api.url, answers };
}

const environment = (url: string) => ({
  ANTHROPIC_BASE_URL: url,
  ANTHROPIC_API_KEY: "none",
  DISABLE_AUTOUPDATER: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  ENABLE_TOOL_SEARCH: "false",
  IS_SANDBOX: "1",
});

const flags = [
  "-p",
  "MAIN",
  "--output-format",
  "json",
  "--dangerously-skip-permissions",
  "--strict-mcp-config",
];

const withTools = (server: object) => ["--mcp-config", JSON.stringify({ mcpServers: { wsm: server } })];

const whole = {
  ws_id: "WS-1",
  status: "COMPLETED",
  rework_cycles: 1,
  phase_metrics: { phases: [{ name: "implement", result: "pass", files_modified: 2 }] },
};

describe.skipIf(claude === "")("Claude Code with the tools of models", () => {
  test("reports to the server's /mcp", async () => {
    const place = await openWorkplace();
    const { url, answers } = await openReportingSession();

    const http = { type: "http", url: `${place.url}/mcp` };
    const ended = await place.call(claude, [...flags, ...withTools(http)], environment(url));

    expect(ended.code, ended.err).toBe(0);
    expect(answers.at(-1)).not.toContain('"is_error":true');
    expect((await place.server().get("/ws-executions")).body.executions).toMatchObject([whole]);
  });

  test("reports the run that wsm run started, by wsm mcp, and nothing twice", async () => {
    const place = await openWorkplace();
    const { url, answers } = await openReportingSession();

    const stdio = { command: "wsm", args: ["mcp"] };
    const ended = await place.wsm(
      ["run", "--ws", "WS-1", "--", claude, ...flags, ...withTools(stdio)],
      environment(url),
    );

    expect(ended.code, ended.err).toBe(0);
    expect(answers.at(-1)).toContain("replayed");
    expect(answers.at(-1)).not.toContain('"is_error":true');
    expect((await place.server().get("/ws-executions")).body.executions).toMatchObject([whole]);
  });
});
