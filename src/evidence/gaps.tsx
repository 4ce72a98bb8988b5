import type { Evidence } from "../domain/evidence.js";
import { isSmallSample } from "../domain/small-sample.js";
import { Chapter } from "./chapter.js";
import { count, dollars } from "./figures.js";
import { column, type Row, Table } from "./table.js";
import { Told } from "./told.js";

/** What is not known of the runs, and what cannot be known from what was reported. */
export function Gaps({ evidence }: { readonly evidence: Evidence }) {
  const rows = [...rowsOf(evidence), ...unpricedModels(evidence)];
  return (
    <section>
      <Chapter id="gaps" />
      {rows.length === 0 ? (
        <p>Nothing is missing of what was reported.</p>
      ) : (
        <Table
          caption="What is missing, and what it means"
          columns={[column.text("What"), column.number("How many"), column.text("So")]}
          rows={rows}
        />
      )}
      <p>
        Everything here is what executors and the systems around them told. A count of tests, files, rework or
        bug fixes that nobody reported is 0, which is not told apart from a reported 0. A call that was never
        recorded is in no sum.
      </p>
    </section>
  );
}

/** What is missing, how often, and what follows. */
type Gap = readonly [what: string, howMany: number, so: string];

function rowsOf(evidence: Evidence): readonly Row[] {
  const { completed } = evidence.totals;
  const sample: Gap = [
    "Completed runs",
    completed,
    "They are few: averages and rates say little about other runs.",
  ];
  const gaps = [...ofRuns(evidence), ...ofPhasesAndCalls(evidence)].filter(([, howMany]) => howMany > 0);
  return [...gaps, ...(isSmallSample(completed) ? [sample] : [])].map(([what, howMany, so]) => [
    what,
    count(howMany),
    so,
  ]);
}

function ofRuns({ byStatus, bySource, gaps }: Evidence): readonly Gap[] {
  const open = byStatus.filter(({ status }) => status === "STARTED" || status === "BLOCKED");
  const openRuns = open.reduce((sum, { runs }) => sum + runs, 0);
  const runsFrom = (source: string) => bySource.find((row) => row.source === source)?.runs ?? 0;
  return [
    ["Runs that have not ended", openRuns, "How long they take is unknown, and their cost may grow."],
    ["Runs without a known cost", runsFrom("NONE"), "They are in no sum of money."],
    ["Runs that cost what the executor said", runsFrom("EXECUTOR_REPORTED"), "No recorded call shows it."],
    [
      "Runs with an estimated cost",
      runsFrom("PRICED"),
      "It is made of the tokens that the executor reported.",
    ],
    [
      "Runs whose executor reported another cost than their calls show",
      gaps.differingRuns,
      "The calls count; the difference stands with each run.",
    ],
    ["Runs without any phase", gaps.runsWithoutPhases, "What was done when is unknown."],
  ];
}

function ofPhasesAndCalls({ totals, gaps, strayCalls }: Evidence): readonly Gap[] {
  return [
    ["Phases without an end", gaps.openPhases, "How long they took is unknown, or only what was reported."],
    ["Phases that ended without a result", gaps.phasesWithoutResult, "Whether they passed is unknown."],
    [
      "LLM calls of the runs without a known cost",
      totals.unpricedCalls,
      "Their runs cost at least what is shown.",
    ],
    [
      "LLM calls of the same time that belong to no known run",
      strayCalls.calls,
      `Whether they belong to this work is unknown. They cost ${dollars(strayCalls.costUsd)}, which is in no sum.`,
    ],
  ];
}

const unpricedModels = ({ byModel }: Evidence): readonly Row[] =>
  byModel
    .filter(({ unpricedCalls }) => unpricedCalls > 0)
    .map(({ model, unpricedCalls }) => [
      <>Calls of {model === null ? "all other models" : <Told>{model}</Told>} without a known price</>,
      count(unpricedCalls),
      "They are among those without a known cost.",
    ]);
