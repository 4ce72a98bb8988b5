import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recorded } from "./recorded.js";
import { openGoogle } from "./stand-ins/google.js";
import { findTool } from "./tool-binary.js";
import { afterwards, openWorkplace } from "./workplace.js";

const gemini = findTool("gemini");

describe.skipIf(gemini === undefined)("Gemini CLI under wsm run", () => {
  test("has its calls attributed to its run, and to the phase that was open", async () => {
    const place = await openWorkplace();
    const steps = ["wsm phase start implement", "wsm phase end --result pass"];
    const api = await openGoogle(({ body }) => {
      const usage = { input: 1_000, cached: 500, output: 100 };
      const command = JSON.stringify(body.tools ?? []).includes("run_shell_command")
        ? steps.shift()
        : undefined;
      if (command === undefined) return { text: "done", usage };
      return { calls: [{ name: "run_shell_command", args: { command, description: "a step" } }], usage };
    });
    afterwards(() => api.close());
    await mkdir(join(place.home, ".gemini"));
    const settings = { security: { auth: { selectedType: "gemini-api-key" } } };
    await writeFile(join(place.home, ".gemini", "settings.json"), JSON.stringify(settings));
    const env = {
      GEMINI_API_KEY: "none",
      GOOGLE_GEMINI_BASE_URL: api.url,
      GEMINI_CLI_TRUST_WORKSPACE: "true",
    };

    const ended = await place.wsm(
      ["run", "--ws", "WS-1", "--", gemini ?? "", "-m", "gemini-2.5-pro", "--yolo", "-p", "do it"],
      env,
    );

    const { runs, unattributedUsd } = await recorded(place);
    expect(ended.code, ended.err).toBe(0);
    expect(runs).toMatchObject([
      {
        status: "COMPLETED",
        phases: [{ name: "IMPLEMENT" }],
        executor: "gemini_cli",
        cost: { unpricedCallCount: 0 },
      },
    ]);
    expect(runs[0]?.cost.callCount).toBe(
      api.received.filter(({ path }) => path.includes("enerateContent")).length,
    );
    expect(runs[0]?.cost.callCount).toBeGreaterThan(0);
    expect(runs[0]?.phases[0]?.costUsd).toBeGreaterThan(0);
    expect(unattributedUsd).toBe(0);
  });
});
