import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recorded } from "./recorded.js";
import { openOpenAi } from "./stand-ins/openai.js";
import { findTool } from "./tool-binary.js";
import { afterwards, openWorkplace, type Workplace } from "./workplace.js";

const codex = findTool("codex");

/** Codex's own folder, in which a provider on loopback is configured. */
async function codexHome({ home }: Workplace, url: string): Promise<string> {
  const folder = join(home, ".codex");
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "config.toml"),
    [
      'model = "gpt-5"',
      'model_provider = "local"',
      "[model_providers.local]",
      'name = "local"',
      `base_url = "${url}/v1"`,
      'wire_api = "responses"',
      'env_key = "OPENAI_API_KEY"',
    ].join("\n"),
  );
  return folder;
}

describe.skipIf(codex === undefined)("Codex under wsm run", () => {
  test("has its calls attributed to its run, and to the phase that was open", async () => {
    const place = await openWorkplace();
    const steps = ["wsm phase start implement", "wsm phase end --result pass"];
    let calls = 0;
    const api = await openOpenAi(() => {
      const cmd = steps[calls];
      calls += 1;
      const usage = { input: 1_000 * calls, cached: 500, output: 100 };
      return cmd === undefined
        ? { text: "done", usage }
        : { calls: [{ name: "exec_command", args: { cmd } }], usage };
    });
    afterwards(() => api.close());
    const env = { CODEX_HOME: await codexHome(place, api.url), OPENAI_API_KEY: "none" };
    const flags = ["--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"];

    const ended = await place.wsm(["run", "--ws", "WS-1", "--", codex ?? "", "exec", ...flags, "do it"], env);

    const { runs, unattributedUsd } = await recorded(place);
    expect(ended.code, ended.err).toBe(0);
    expect(runs).toMatchObject([
      {
        status: "COMPLETED",
        phases: [{ name: "IMPLEMENT" }],
        executor: "codex",
        cost: { callCount: calls, unpricedCallCount: 0 },
      },
    ]);
    expect(calls).toBe(3);
    expect(runs[0]?.phases[0]?.costUsd).toBeGreaterThan(0);
    expect(unattributedUsd).toBe(0);
  });
});
