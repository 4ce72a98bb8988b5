import { chmod, lstat, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../../support/wsm.js";

const url = "http://127.0.0.1:4999";
const key = { WSM_API_KEY: "wsm_secret" };

const files = {
  "claude-code": join(".claude", "settings.json"),
  codex: join(".codex", "config.toml"),
  gemini: join(".gemini", "settings.json"),
} as const;
type Tool = keyof typeof files;

const pathOf = ({ folder }: Desk, tool: Tool) => join(folder, files[tool]);
const textOf = (desk: Desk, tool: Tool) => readFile(pathOf(desk, tool), "utf8");

async function given(desk: Desk, tool: Tool, text: string): Promise<void> {
  await mkdir(dirname(pathOf(desk, tool)), { recursive: true });
  await writeFile(pathOf(desk, tool), text);
}

const claudeSettings = `{
    // my own
    "model": "opus",   "env": { "MINE": "1", "OTEL_LOGS_EXPORTER": "console" },
    "hooks": {}
}
`;

describe("wsm setup claude-code", () => {
  test("sets what is needed and leaves the rest, comments and all", async () => {
    const desk = await openDesk(url);
    await given(desk, "claude-code", claudeSettings);

    const { status, err } = await desk.wsm(["setup", "claude-code", "--yes"]);

    const text = await textOf(desk, "claude-code");
    expect(status).toBe(0);
    expect(err).toContain('+      "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4999"'.trim());
    for (const own of ["    // my own\n", '"model": "opus"', '"MINE": "1"', '    "hooks": {}\n}\n'])
      expect(text).toContain(own);
    expect(text).toContain('"OTEL_LOGS_EXPORTER": "otlp"');
    expect(text).toContain('"CLAUDE_CODE_ENABLE_TELEMETRY": "1"');
  });

  test("keeps the key out of the file, and gives it through the helper", async () => {
    const desk = await openDesk(url);

    await desk.wsm(["setup", "claude-code", "--yes"], key);
    const { out } = await desk.wsm(["otel-headers", "--url", url]);

    const text = await textOf(desk, "claude-code");
    expect(text).not.toContain("wsm_secret");
    expect(JSON.parse(text).otelHeadersHelper).toBe(`/opt/node /opt/wsm/main.js otel-headers --url ${url}`);
    expect(JSON.parse(out)).toEqual({ Authorization: "Bearer wsm_secret" });
  });

  test("gives a key to the server that it is for, and to no other", async () => {
    const desk = await openDesk(url);
    const other = "http://127.0.0.1:5000";
    await desk.wsm(["setup", "claude-code", "--yes"], key);

    await desk.wsm(["setup", "claude-code", "--yes"], { WSM_URL: other });
    const helper: string = JSON.parse(await textOf(desk, "claude-code")).otelHeadersHelper;
    const kept = await desk.wsm(["otel-headers", "--url", other]);
    const given = await desk.wsm(["otel-headers", "--url", other], key);

    expect(helper).toMatch(new RegExp(` otel-headers --url ${other}$`));
    expect(JSON.parse(kept.out)).toEqual({});
    expect(JSON.parse(given.out)).toEqual({});
  });

  test("takes a new key in place of the old one, though the file says all that already", async () => {
    const desk = await openDesk(url);
    await desk.wsm(["setup", "claude-code", "--yes"], key);
    const headers = async () => JSON.parse((await desk.wsm(["otel-headers", "--url", url])).out);

    await desk.wsm(["setup", "claude-code", "--dry-run"], { WSM_API_KEY: "wsm_tried" });
    const tried = await headers();
    await desk.wsm(["setup", "claude-code", "--yes"], { WSM_API_KEY: "wsm_rotated" });

    expect(tried).toEqual({ Authorization: "Bearer wsm_secret" });
    expect(await headers()).toEqual({ Authorization: "Bearer wsm_rotated" });
  });

  test("leaves alone what is no JSON, and says where", async () => {
    const desk = await openDesk(url);
    await given(desk, "claude-code", '{\n  "model": ,\n}');

    const { status, err } = await desk.wsm(["setup", "claude-code", "--yes"]);

    expect(status).toBe(2);
    expect(err).toContain("line 2, column 12");
    expect(await textOf(desk, "claude-code")).toBe('{\n  "model": ,\n}');
  });

  test("undone after the user changed something, takes back the rest and says what stays", async () => {
    const desk = await openDesk(url);
    await given(desk, "claude-code", claudeSettings);
    await desk.wsm(["setup", "claude-code", "--yes"]);
    const changed = (await textOf(desk, "claude-code")).replace(
      '"OTEL_METRICS_EXPORTER": "none"',
      '"OTEL_METRICS_EXPORTER": "console"',
    );
    await given(desk, "claude-code", changed);

    const { err } = await desk.wsm(["setup", "claude-code", "--undo", "--yes"]);

    const text = await textOf(desk, "claude-code");
    expect(err).toContain("env.OTEL_METRICS_EXPORTER was changed since");
    expect(text).toContain('"OTEL_LOGS_EXPORTER": "console"');
    expect(text).toContain('"OTEL_METRICS_EXPORTER": "console"');
    expect(text).not.toContain("CLAUDE_CODE_ENABLE_TELEMETRY");
  });
});

describe.each([
  { tool: "claude-code", text: '{"env": "x"}', says: "env in" },
  { tool: "claude-code", text: '{"env": null}', says: "env in" },
  { tool: "gemini", text: '{"telemetry": true}', says: "telemetry in" },
  { tool: "gemini", text: '{"mcpServers": []}', says: "mcpServers in" },
  { tool: "claude-code", text: '{"env": {}, "env": {"A": "1"}}', says: "env stands in" },
] as const)("wsm setup $tool where $text stands", ({ tool, text, says }) => {
  test("changes nothing, and names what is in the way", async () => {
    const desk = await openDesk(url);
    await given(desk, tool, text);

    const { status, err } = await desk.wsm(["setup", tool, "--yes"]);

    expect(status).toBe(2);
    expect(err).toContain(says);
    expect(await textOf(desk, tool)).toBe(text);
  });
});

describe("wsm setup codex", () => {
  test("adds a block of its own", async () => {
    const desk = await openDesk(url);
    await given(desk, "codex", 'model = "gpt-5"  # mine\n');

    await desk.wsm(["setup", "codex", "--yes"]);

    const text = await textOf(desk, "codex");
    expect(text).toMatch(/^model = "gpt-5" {2}# mine\n/);
    expect(text).toContain(`endpoint = "${url}/v1/logs"`);
    expect(text).toContain('[mcp_servers.wsm]\ncommand = "/opt/node"\nargs = ["/opt/wsm/main.js","mcp"]');
  });

  test("undone after the user changed the block, leaves it and says so; beside it, takes it out", async () => {
    const desk = await openDesk(url);
    await desk.wsm(["setup", "codex", "--yes"]);
    const made = await textOf(desk, "codex");
    const changed = made.replace("log_user_prompt = false", "log_user_prompt = true");
    await given(desk, "codex", changed);

    const { err } = await desk.wsm(["setup", "codex", "--undo", "--yes"]);
    const left = await textOf(desk, "codex");
    await given(desk, "codex", `model = "gpt-5"\n\n${made}`);
    await desk.wsm(["setup", "codex", "--undo", "--yes"]);

    expect(err).toContain("The block of wsm was changed since");
    expect(left).toBe(changed);
    expect(await textOf(desk, "codex")).toBe('model = "gpt-5"\n');
  });

  test("says by hand what it cannot say beside what stands there", async () => {
    const desk = await openDesk(url);
    await given(desk, "codex", "[otel]\nexporter = 'none'\n");

    const { status, err } = await desk.wsm(["setup", "codex", "--yes"]);

    expect(status).toBe(2);
    expect(err).toContain("[otel] stand");
    expect(await textOf(desk, "codex")).toBe("[otel]\nexporter = 'none'\n");
  });

  test("never makes what Codex cannot read, for a table in braces takes nothing more", async () => {
    const desk = await openDesk(url);
    const text = 'mcp_servers = { mine = { command = "x" } }\n';
    await given(desk, "codex", text);

    const { status, err } = await desk.wsm(["setup", "codex", "--yes"]);

    expect(status).toBe(2);
    expect(err).toContain("by hand");
    expect(await textOf(desk, "codex")).toBe(text);
  });

  test("leaves alone what is no TOML, and says where", async () => {
    const desk = await openDesk(url);
    await given(desk, "codex", "a = \n");

    expect((await desk.wsm(["setup", "codex", "--yes"])).err).toMatch(/line 1, column \d+/);
  });
});

describe("wsm setup on a terminal", () => {
  test.each([
    { answer: "y\n", becomes: "is changed" },
    { answer: "\n", becomes: "nothing was changed" },
    { answer: "no\n", becomes: "nothing was changed" },
  ])("asks, and does as $answer says", async ({ answer, becomes }) => {
    const desk = await openDesk(url);
    await given(desk, "gemini", "{}");
    const input = new PassThrough();
    input.write(answer);

    const { status, err } = await desk.wsm(["setup", "gemini"], {}, { input, hasTerminal: true });

    expect(status).toBe(0);
    expect(err).toContain(becomes);
    expect((await textOf(desk, "gemini")) === "{}").toBe(becomes === "nothing was changed");
  });

  test("changes nothing of a file that is not what was shown any more", async () => {
    const desk = await openDesk(url);
    await given(desk, "gemini", "{}");
    const input = new PassThrough();
    const answer = async () => {
      await given(desk, "gemini", '{"theme": "dark"}');
      return "y\n";
    };

    const ended = desk.wsm(["setup", "gemini"], {}, { input, hasTerminal: true });
    input.once("resume", () => void answer().then((line) => input.write(line)));

    expect(await ended).toMatchObject({ status: 2, err: expect.stringContaining("changed meanwhile") });
    expect(await textOf(desk, "gemini")).toBe('{"theme": "dark"}');
  });
});

describe("wsm setup gemini", () => {
  test("sets telemetry without prompts", async () => {
    const desk = await openDesk(url);

    await desk.wsm(["setup", "gemini", "--yes"]);

    expect(JSON.parse(await textOf(desk, "gemini"))).toEqual({
      telemetry: {
        enabled: true,
        target: "local",
        otlpProtocol: "http",
        otlpEndpoint: url,
        logPrompts: false,
      },
      mcpServers: { wsm: { command: "/opt/node", args: ["/opt/wsm/main.js", "mcp"] } },
    });
  });
});

describe.each(["codex", "gemini"] as const)("wsm setup %s with a key", (tool) => {
  test("writes no key and no telemetry, and says how it goes", async () => {
    const desk = await openDesk(url);

    const { err } = await desk.wsm(["setup", tool, "--yes"], key);

    const text = await textOf(desk, tool);
    expect(text).not.toContain("wsm_secret");
    expect(text).not.toContain("v1/logs");
    expect(err).toContain("wsm run");
  });
});

describe.each([
  { tool: "claude-code", text: claudeSettings },
  { tool: "codex", text: 'model = "gpt-5"\n\n\n' },
  { tool: "gemini", text: '{"theme":"dark"}' },
] as const)("wsm setup $tool", ({ tool, text }) => {
  test("shows the change and makes none with --dry-run", async () => {
    const desk = await openDesk(url);
    await given(desk, tool, text);

    const { status, err } = await desk.wsm(["setup", tool, "--dry-run"]);

    expect(status).toBe(0);
    expect(err).toMatch(/^\+.*127\.0\.0\.1:4999/m);
    expect(await textOf(desk, tool)).toBe(text);
  });

  test("asks for --yes where nobody can be asked", async () => {
    const desk = await openDesk(url);

    expect(await desk.wsm(["setup", tool])).toMatchObject({
      status: 2,
      err: expect.stringContaining("--yes"),
    });
  });

  test("changes nothing the second time, and takes everything back", async () => {
    const desk = await openDesk(url);
    await given(desk, tool, text);
    await desk.wsm(["setup", tool, "--yes"]);
    const once = await textOf(desk, tool);

    const second = await desk.wsm(["setup", tool, "--yes"]);
    const twice = await textOf(desk, tool);
    await desk.wsm(["setup", tool, "--undo", "--yes"]);

    expect(second.err).toContain("says all that already");
    expect(twice).toBe(once);
    expect(await textOf(desk, tool)).toBe(text);
  });

  test("takes a file away that was not there before", async () => {
    const desk = await openDesk(url);
    await desk.wsm(["setup", tool, "--yes"]);

    await desk.wsm(["setup", tool, "--undo", "--yes"]);

    await expect(textOf(desk, tool)).rejects.toThrow(/ENOENT/);
  });

  test("takes the address of another server in place of the first, and still knows what was before", async () => {
    const desk = await openDesk(url);
    await given(desk, tool, text);
    await desk.wsm(["setup", tool, "--yes"]);

    await desk.wsm(["setup", tool, "--yes"], { WSM_URL: "http://127.0.0.1:5000" });
    const moved = await textOf(desk, tool);
    await desk.wsm(["setup", tool, "--undo", "--yes"]);

    expect(moved).toContain("127.0.0.1:5000");
    expect(moved).not.toContain("127.0.0.1:4999");
    expect(await textOf(desk, tool)).toBe(text);
  });

  test("keeps a link that leads to nothing yet", async () => {
    const desk = await openDesk(url);
    await mkdir(dirname(pathOf(desk, tool)), { recursive: true });
    await symlink(join("..", "dotfile"), pathOf(desk, tool));

    await desk.wsm(["setup", tool, "--yes"]);

    expect((await lstat(pathOf(desk, tool))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(desk.folder, "dotfile"), "utf8")).toContain("127.0.0.1:4999");
  });

  test("keeps the file's mode, and the link that leads to it", async () => {
    const desk = await openDesk(url);
    await given(desk, tool, text);
    const elsewhere = join(desk.folder, "dotfile");
    await writeFile(elsewhere, text);
    await chmod(elsewhere, 0o640);
    const { rm } = await import("node:fs/promises");
    await rm(pathOf(desk, tool));
    await symlink(elsewhere, pathOf(desk, tool));

    await desk.wsm(["setup", tool, "--yes"]);

    expect((await lstat(pathOf(desk, tool))).isSymbolicLink()).toBe(true);
    expect((await stat(elsewhere)).mode & 0o777).toBe(0o640);
    expect(await readFile(elsewhere, "utf8")).toContain("127.0.0.1:4999");
  });
});
