import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PhaseName, Status } from "../vocabulary.js";
import { readText, writeText } from "./state-file.js";

/** A phase that was opened here and not closed yet. */
export interface OpenPhase {
  readonly eventId: string;
  readonly name: PhaseName;
  /** RFC 3339. */
  readonly startedAt: string;
}

/** A run that was started here. */
interface StartedRun {
  readonly wsId: string;
  readonly executor: string;
}

/** What this machine remembers of runs, so that a script need not pass it around. */
export interface Ledger {
  remember(executionId: string, run: StartedRun): Promise<void>;
  run(executionId: string): Promise<StartedRun | undefined>;
  /** The last status that was reported from here. */
  status(executionId: string): Promise<Status | undefined>;
  setStatus(executionId: string, status: Status): Promise<void>;
  open(executionId: string, phase: OpenPhase): Promise<void>;
  close(executionId: string, eventId: string): Promise<void>;
  /** In the order they were opened in. */
  openPhases(executionId: string): Promise<readonly OpenPhase[]>;
}

/** A file for each phase: those who open phases at the same moment are not in each other's way. */
export function ledgerIn(stateFolder: string): Ledger {
  const folderOf = (executionId: string) => join(stateFolder, "executions", executionId);
  const phaseFile = (executionId: string, eventId: string) =>
    join(folderOf(executionId), "phases", `${createHash("sha256").update(eventId).digest("hex")}.json`);

  return {
    remember: (executionId, run) => writeText(join(folderOf(executionId), "run.json"), JSON.stringify(run)),
    run: async (executionId) => await readJson<StartedRun>(join(folderOf(executionId), "run.json")),
    status: async (executionId) => await readJson<Status>(join(folderOf(executionId), "status.json")),
    setStatus: (executionId, status) =>
      writeText(join(folderOf(executionId), "status.json"), JSON.stringify(status)),
    open: (executionId, phase) => writeText(phaseFile(executionId, phase.eventId), JSON.stringify(phase)),
    close: (executionId, eventId) => rm(phaseFile(executionId, eventId), { force: true }),
    openPhases: async (executionId) => {
      const folder = join(folderOf(executionId), "phases");
      const names = await readdir(folder).catch(() => []);
      const phases = await Promise.all(
        names.filter((name) => name.endsWith(".json")).map((name) => readJson<OpenPhase>(join(folder, name))),
      );
      return phases
        .filter((phase) => phase !== undefined)
        .sort((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt));
    },
  };
}

/** What a file written here says; undefined where there is none, or a broken one. */
async function readJson<Value>(path: string): Promise<Value | undefined> {
  const text = await readText(path);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Value); // written by this file alone
  } catch {
    return undefined;
  }
}
