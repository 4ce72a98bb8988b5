import { CommanderError } from "commander";
import { ReportFailure } from "../client/client.js";
import { UsageError } from "./usage-error.js";

/** How a command ended that failed. */
export interface Failure {
  /** 1 a bug of ours, 2 something to put right, 3 the server is away; 0 for a call for help. */
  readonly exitStatus: 0 | 1 | 2 | 3;
  /** What to say, line by line. */
  readonly lines: readonly string[];
}

/** What to do about what the server refuses. */
const advice: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: "Set WSM_API_KEY, or WSM_API_KEY_FILE, to a key of this server.",
  FORBIDDEN: "Use a key with the role this needs: `ingest` reports, `read` asks, `admin` does both.",
  NOT_FOUND: "`wsm start --ws WS-1` starts a run; --execution or WS_EXECUTION_ID names one.",
  CONFLICT: "`wsm show` tells what is recorded.",
};

/** Says what failed and what to do about it. */
export function explain(error: unknown): Failure {
  if (error instanceof CommanderError) return { exitStatus: error.exitCode === 0 ? 0 : 2, lines: [] }; // it has spoken
  if (error instanceof UsageError) return { exitStatus: 2, lines: error.message.split("\n") };
  if (error instanceof ReportFailure) {
    const refused = error.errors.map(({ path, message }) => `${fieldOf(path)} ${message}`);
    const lines = refused.length > 0 ? refused : [error.message];
    if (error.kind === "unavailable") return { exitStatus: 3, lines };
    return { exitStatus: 2, lines: [...lines, ...[advice[error.code]].filter((line) => line !== undefined)] };
  }
  return { exitStatus: 1, lines: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
}

/** The field itself: nobody on a command line knows of the event it is sent in. */
export const fieldOf = (path: string) => path.replace(/^(events\.\d+\.)?(\w+\.)?(?=\w)/, "");
