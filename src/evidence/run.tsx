import type { ComponentChildren } from "preact";
import type { Execution, FileMetrics, TestMetrics } from "../domain/execution.js";
import type { ExportedExecution } from "../domain/exported.js";
import { BugFixes } from "./bug-fixes.js";
import { Facts } from "./facts.js";
import { count, counted, dollars, duration, unknown } from "./figures.js";
import type { LocalTime } from "./local-time.js";
import { Paths } from "./paths.js";
import { RunCost } from "./run-cost.js";
import { RunPhases } from "./run-phases.js";
import { Stamp } from "./stamp.js";
import { Told } from "./told.js";

interface Parts {
  readonly run: ExportedExecution;
  /** Among the runs of the report, from 1. */
  readonly place: number;
  readonly asOf: Date;
  readonly time: LocalTime;
}

/** Everything that is known of one run. */
export function Run({ run, place, asOf, time }: Parts) {
  const { execution, bugFixes, cost } = run;
  const { testMetrics, fileMetrics } = execution;
  return (
    <article id={`run-${place}`}>
      <h3>
        Run {place}: <Told>{execution.wsId}</Told>
      </h3>
      <Facts facts={factsOf(run, time)} />
      <h4>Phase by phase</h4>
      <RunPhases run={run} asOf={asOf} time={time} />
      <h4>Tests and files</h4>
      <p>{testsInWords(testMetrics)}</p>
      <Files files={fileMetrics} />
      <h4>Bug fixes</h4>
      <BugFixes bugFixes={bugFixes} time={time} />
      <h4>Cost</h4>
      <RunCost cost={cost} />
    </article>
  );
}

const textOf = (text: string | null, absent: string) => (text === null ? absent : <Told>{text}</Told>);

function factsOf({ execution, cost }: ExportedExecution, time: LocalTime): Record<string, ComponentChildren> {
  return {
    Status: <code>{execution.status}</code>,
    "Passed at the first try": firstPass(execution),
    Started: <Stamp of={execution.startedAt} time={time} />,
    Ended: execution.completedAt === null ? "not ended" : <Stamp of={execution.completedAt} time={time} />,
    Duration: duration(execution.durationSeconds),
    "Rework cycles": count(execution.reworkCycles),
    Cost: dollars(cost.totalUsd),
    Executor: <Told>{execution.executor}</Told>,
    "Model, as reported": textOf(execution.llmModel, unknown),
    "Work Package": textOf(execution.wpId, "none"),
    Scope: textOf(execution.scopeId, "none"),
    "Run id": <code>{execution.id}</code>,
  };
}

/** As `first_pass_count` counts it. */
function firstPass({ status, completedAt, reworkCycles }: Execution): string {
  if (completedAt === null) return unknown;
  if (status !== "COMPLETED") return "no, it is not completed";
  return reworkCycles === 0 ? "yes" : "no, work was done again";
}

function Files({ files: { created, modified, deleted } }: { readonly files: FileMetrics }) {
  if (created.length + modified.length + deleted.length === 0) return <p>No files were reported.</p>;
  return (
    <>
      <Paths name="created" paths={created} />
      <Paths name="modified" paths={modified} />
      <Paths name="deleted" paths={deleted} />
    </>
  );
}

function testsInWords({ written, passing, failing, skipped }: TestMetrics): string {
  return `${counted(written, "test")} written; at the end ${count(passing)} passing, ${count(failing)} failing and ${count(skipped)} skipped.`;
}
