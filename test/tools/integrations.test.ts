import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { micros, recorded } from "./recorded.js";
import { openAnthropic, saidIn } from "./stand-ins/anthropic.js";
import { openGoogle } from "./stand-ins/google.js";
import { openOpenAi } from "./stand-ins/openai.js";
import { findTool } from "./tool-binary.js";
import { afterwards, openWorkplace, type Workplace } from "./workplace.js";

const claude = findTool("claude");
const codex = findTool("codex");
const gemini = findTool("gemini");
const integrations = fileURLToPath(new URL("../../integrations", import.meta.url));

/** The name under which a tool was offered to a model, whatever stands around it. */
const offered = (request: unknown, name: string) =>
  new RegExp(`"name":"([\\w-]*${name})"`).exec(JSON.stringify(request))?.[1];

/** Has the server of a place ask for a key, and gives one that opens everything. */
async function lockedUp(place: Workplace): Promise<string> {
  await place.server().kill("SIGTERM");
  const keys = fileURLToPath(new URL("../../scripts/keys.ts", import.meta.url));
  const tsx = fileURLToPath(new URL("../../node_modules/.bin/tsx", import.meta.url));
  const made = await place.call(tsx, [keys, "create", "--role", "admin", "--name", "test"], {
    DATA_DIR: join(place.home, "data"),
  });
  if (made.code !== 0) throw new Error(made.err);
  await place.startServer();
  return made.out.trim();
}

test("the skill says the same to every tool", async () => {
  const text = (path: string) => readFile(join(integrations, path), "utf8");
  const skill = await text("claude-code/skills/work-statement/SKILL.md");

  expect(await text("codex/skills/work-statement/SKILL.md")).toBe(skill);
  expect(skill).toContain(await text("gemini/GEMINI.md"));
});

describe.skipIf(claude === undefined)("the plugin of Claude Code", () => {
  test("is one that Claude Code accepts, marketplace and all", async () => {
    const place = await openWorkplace();

    const plugin = await place.call(claude ?? "", [
      "plugin",
      "validate",
      "--strict",
      join(integrations, "claude-code"),
    ]);
    const marketplace = await place.call(claude ?? "", [
      "plugin",
      "validate",
      "--strict",
      join(integrations, ".."),
    ]);

    expect([plugin.code, marketplace.code], plugin.out + marketplace.out).toEqual([0, 0]);
  });

  test("starts a run, binds the session to it, reminds, and reports by tools and shell", async () => {
    const place = await openWorkplace();
    await place.wsm(["setup", "claude-code", "--yes"]);
    const reminded: boolean[] = [];
    const api = await openAnthropic((request) => {
      const usage = { input: 100, output: 20 };
      const said = saidIn(request);
      if (!Array.isArray(request.body.tools) || request.body.tools.length === 0) return { text: "x", usage };
      reminded.push(said.includes("wsm phase start"));
      const results = said.split('"type":"tool_result"').length - 1;
      const tool = offered(request.body.tools, "report_phase");
      const begin = tool
        ? { name: tool, input: { name: "verify" } }
        : { name: "Bash", input: { command: "wsm phase start verify", description: "a step" } };
      if (results === 0) return { tools: [begin], usage };
      if (results === 1) {
        const command = "wsm phase end --result pass && wsm complete";
        return { tools: [{ name: "Bash", input: { command, description: "the end" } }], usage };
      }
      return { text: "done", usage };
    });
    afterwards(() => api.close());
    const flags = [
      "--output-format",
      "json",
      "--dangerously-skip-permissions",
      "--model",
      "claude-sonnet-4-5",
    ];

    const ended = await place.call(
      claude ?? "",
      ["-p", "do it", "--plugin-dir", join(integrations, "claude-code"), ...flags],
      {
        ...{ ANTHROPIC_BASE_URL: api.url, ANTHROPIC_API_KEY: "none", IS_SANDBOX: "1", WSM_WS: "WS-9" },
        ...{ DISABLE_AUTOUPDATER: "1", CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
      },
    );

    const { runs, unattributedUsd } = await recorded(place);
    expect(ended.code, ended.out + ended.err).toBe(0);
    expect(runs).toMatchObject([
      { wsId: "WS-9", executor: "claude_code", status: "COMPLETED", phases: [{ name: "VERIFY" }] },
    ]);
    expect(reminded).toContain(true);
    expect(micros(runs[0]?.cost.totalUsd)).toBe(micros(JSON.parse(ended.out).total_cost_usd));
    expect(unattributedUsd).toBe(0);
  });

  test("sends telemetry with the key of the helper, which stands in no variable and not in its settings", async () => {
    const place = await openWorkplace();
    const key = await lockedUp(place);
    const withKey = { WSM_API_KEY: key };
    await place.wsm(["setup", "claude-code", "--yes"], withKey);
    const started = await place.wsm(["start", "--ws", "WS-5", "--executor", "claude_code"], withKey);
    const id = started.out.trim();
    const usage = { input: 1_000, output: 200 };
    const api = await openAnthropic(() => ({ text: "done", usage }));
    afterwards(() => api.close());

    const examined = await place.wsm(["doctor"], {
      ...withKey,
      PATH: [dirname(claude ?? ""), join(place.home, "bin"), process.env.PATH].join(delimiter),
    });
    const ended = await place.call(
      claude ?? "",
      ["-p", "do it", "--output-format", "json", "--model", "claude-sonnet-4-5"],
      {
        ...{ ANTHROPIC_BASE_URL: api.url, ANTHROPIC_API_KEY: "none", IS_SANDBOX: "1" },
        ...{ DISABLE_AUTOUPDATER: "1", CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
        OTEL_RESOURCE_ATTRIBUTES: `ws_execution_id=${id}`,
      },
    );

    const shown = await place.wsm(["show", id, "--json"], withKey);
    const settings = await readFile(join(place.home, ".claude", "settings.json"), "utf8");
    expect(examined.out).toMatch(/^✓ helper /m);
    expect(ended.code, ended.out + ended.err).toBe(0);
    expect(micros(JSON.parse(shown.out).execution.cost.totalUsd), shown.out).toBe(
      micros(JSON.parse(ended.out).total_cost_usd),
    );
    expect(settings).not.toContain(key);
  });

  test("does nothing and says nothing where there is no wsm", async () => {
    const place = await openWorkplace();
    const api = await openAnthropic(() => ({ text: "done", usage: { input: 1, output: 1 } }));
    afterwards(() => api.close());

    const ended = await place.call(
      claude ?? "",
      ["-p", "do it", "--plugin-dir", join(integrations, "claude-code"), "--output-format", "json"],
      {
        ...{ ANTHROPIC_BASE_URL: api.url, ANTHROPIC_API_KEY: "none", IS_SANDBOX: "1", WSM_WS: "WS-9" },
        ...{ PATH: "/usr/bin:/bin", DISABLE_AUTOUPDATER: "1", CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
      },
    );

    expect(ended.code, ended.err).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ result: "done", is_error: false });
    expect((await recorded(place)).runs).toEqual([]);
  });
});

describe.skipIf(codex === undefined)("Codex, set up", () => {
  test("reports by itself, by telemetry and by tools", async () => {
    const place = await openWorkplace();
    const home = join(place.home, ".codex");
    await mkdir(home);
    const env = { CODEX_HOME: home, OPENAI_API_KEY: "none" };
    let calls = 0;
    let tool: string | undefined;
    const api = await openOpenAi((request) => {
      calls += 1;
      tool ??= offered(request.body.tools, "start_work_statement");
      const usage = { input: 1_000, output: 100 };
      const args = { ws_id: "WS-8", executor: "codex" };
      return calls === 1 && tool
        ? { calls: [{ namespace: "mcp__wsm", name: tool, args }], usage }
        : { text: "done", usage };
    });
    afterwards(() => api.close());
    const provider = `name = "local"\nbase_url = "${api.url}/v1"\nwire_api = "responses"\nenv_key = "OPENAI_API_KEY"`;
    await writeFile(
      join(home, "config.toml"),
      `model = "gpt-5"\nmodel_provider = "local"\n[model_providers.local]\n${provider}\n`,
    );
    await place.wsm(["setup", "codex", "--yes"], env);

    const flags = ["--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"];
    const ended = await place.call(codex ?? "", ["exec", ...flags, "do it"], {
      ...env,
      WSM_STATE_DIR: join(place.home, "state"),
    });

    const { runs } = await recorded(place);
    expect(ended.code, ended.err).toBe(0);
    expect(tool).toBeDefined();
    expect(runs).toMatchObject([{ wsId: "WS-8", executor: "codex" }]);
  });
});

describe.skipIf(gemini === undefined)("the extension of Gemini CLI", () => {
  test("is loaded, starts a run, and reports by tools", async () => {
    const place = await openWorkplace();
    const home = join(place.home, ".gemini");
    await cp(join(integrations, "gemini"), join(home, "extensions", "ws-metrics"), { recursive: true });
    await writeFile(
      join(home, "settings.json"),
      JSON.stringify({ security: { auth: { selectedType: "gemini-api-key" } } }),
    );
    await place.wsm(["setup", "gemini", "--yes"]);
    let tool: string | undefined;
    let isReported = false;
    const api = await openGoogle((request) => {
      const usage = { input: 1_000, output: 100 };
      tool ??= offered(request.body.tools, "report_phase");
      if (tool === undefined || isReported) return { text: "done", usage };
      isReported = true;
      return { calls: [{ name: tool, args: { name: "verify" } }], usage };
    });
    afterwards(() => api.close());

    const ended = await place.call(gemini ?? "", ["-m", "gemini-2.5-pro", "--yolo", "-p", "do it"], {
      ...{
        GEMINI_API_KEY: "none",
        GOOGLE_GEMINI_BASE_URL: api.url,
        GEMINI_CLI_TRUST_WORKSPACE: "true",
        WSM_WS: "WS-7",
      },
    });

    const { runs } = await recorded(place);
    expect(ended.code, ended.err).toBe(0);
    expect(runs, ended.err).toMatchObject([
      { wsId: "WS-7", executor: "gemini_cli", phases: [{ name: "VERIFY" }] },
    ]);
  });
});
