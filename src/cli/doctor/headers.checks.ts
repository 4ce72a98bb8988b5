import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import type { Cli } from "../cli.js";
import { claudeFile } from "../setup/claude-code.setup.js";
import { valueAt } from "../setup/json-settings.js";
import { readText } from "../state-file.js";
import { type Finding, fine, warning, wrong } from "./finding.js";
import { telemetryChecks } from "./server.checks.js";

const execute = promisify(execFile);
const helperTimeoutMs = 10_000;
const remedy = "`wsm setup claude-code` with the key set puts that right.";

/** Whether Claude Code's helper gives a key, and whether telemetry is taken with it. Its output is told to nobody. */
export async function helperChecks(
  { surroundings, settings }: Cli,
  isServerThere: boolean,
): Promise<readonly Finding[]> {
  const helper = valueAt((await readText(claudeFile(surroundings))) ?? "{}", ["otelHeadersHelper"]);
  const { apiKey } = settings();
  if (typeof helper !== "string")
    return apiKey === undefined ? [] : [wrong("helper", `Claude Code is given no key: ${remedy}`)];
  try {
    const { env } = surroundings;
    const { stdout } = await execute("/bin/sh", ["-c", helper], { timeout: helperTimeoutMs, env });
    const key = keyIn(stdout);
    if (key === undefined)
      return apiKey === undefined
        ? [fine("helper", "it gives Claude Code no key, and none is set")]
        : [wrong("helper", `it gives Claude Code no key: ${remedy}`)];
    if (apiKey !== undefined && key !== apiKey)
      return [warning("helper", `it gives Claude Code another key than the one that is set: ${remedy}`)];
    const probes = isServerThere ? await telemetryChecks({ ...settings(), apiKey: key }) : [];
    return probes.map(({ verdict, says }) =>
      verdict === "fine"
        ? fine("helper", "it gives Claude Code a key, with which a record was taken (and nothing stored)")
        : wrong("helper", `with the key that it gives Claude Code, ${says}`),
    );
  } catch {
    // what failed may hold the key
    return [wrong("helper", `it fails, or prints no headers as JSON: ${remedy}`)];
  }
}

const headers = z.record(z.string(), z.string());

/** The key in the headers that a helper prints. @throws where they are no headers */
function keyIn(output: string): string | undefined {
  const found = Object.entries(headers.parse(JSON.parse(output))).find(
    ([name]) => name.toLowerCase() === "authorization",
  );
  return /^Bearer (\S+)$/i.exec(found?.[1] ?? "")?.[1];
}
