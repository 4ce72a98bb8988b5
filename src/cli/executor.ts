import type { Surroundings } from "./surroundings.js";

/** Variables that executors set for the commands they run. */
const marks: readonly { readonly variable: string; readonly executor: string }[] = [
  { variable: "CLAUDECODE", executor: "claude_code" },
  { variable: "CODEX_SANDBOX", executor: "codex" },
  { variable: "CODEX_THREAD_ID", executor: "codex" },
  { variable: "GEMINI_CLI", executor: "gemini_cli" },
];

/** The executor that a command runs in, as far as its environment tells. */
export function executorAround(env: Surroundings["env"]): string | undefined {
  return env.WSM_EXECUTOR || marks.find(({ variable }) => env[variable])?.executor;
}

/** The session of that executor, by which its telemetry is attributed. */
export const sessionAround = (env: Surroundings["env"]): string | undefined =>
  env.CLAUDE_CODE_SESSION_ID || env.CODEX_THREAD_ID || undefined;
