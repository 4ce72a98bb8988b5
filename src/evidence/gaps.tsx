import type { Evidence } from "../domain/evidence.js";
import { isSmallSample } from "../domain/small-sample.js";
import { count, counted, dollars } from "./figures.js";
import { Chapter } from "./opening.js";
import { Told } from "./told.js";

/** What is not known of the runs, and what cannot be known from what was reported. */
export function Gaps({ evidence }: { readonly evidence: Evidence }) {
  const found = gapsOf(evidence);
  const models = evidence.byModel.filter(({ unpricedCalls }) => unpricedCalls > 0);
  return (
    <section>
      <Chapter id="gaps" />
      {found.length === 0 && <p>Nothing is missing of what was reported.</p>}
      <ul>
        {found.map((gap) => (
          <li>{gap}</li>
        ))}
        {models.length > 0 && (
          <li>
            Models without a known price for some of their calls:{" "}
            {models.map(({ model, unpricedCalls }, index) => (
              <>
                {index > 0 && ", "}
                {model === null ? "others" : <Told>{model}</Told>} ({counted(unpricedCalls, "call")})
              </>
            ))}
            .
          </li>
        )}
      </ul>
      <p>
        Everything here is what executors and the systems around them told, and when. A count of tests, files,
        rework or bug fixes that nobody reported is 0, which is not told apart from a reported 0. A call that
        was never recorded is in no sum.
      </p>
    </section>
  );
}

/** What is missing, a sentence each. */
function gapsOf({ totals, byStatus, bySource, gaps, strayCalls }: Evidence): readonly string[] {
  const open = byStatus.filter(({ status }) => status === "STARTED" || status === "BLOCKED");
  const openRuns = open.reduce((sum, { runs }) => sum + runs, 0);
  const runsFrom = (source: string) => bySource.find((row) => row.source === source)?.runs ?? 0;
  const isFew = isSmallSample(totals.completed);
  const sentences: readonly (readonly [number, (number: number) => string])[] = [
    [
      openRuns,
      (number) =>
        `${counted(number, "run")} not ended: how long they take, and what they will cost, is unknown.`,
    ],
    [
      runsFrom("NONE"),
      (number) => `${counted(number, "run")} without a known cost; they are in no sum of money.`,
    ],
    [
      runsFrom("EXECUTOR_REPORTED"),
      (number) => `${counted(number, "run")} whose cost is what the executor said; no call shows it.`,
    ],
    [
      runsFrom("PRICED"),
      (number) =>
        `${counted(number, "run")} whose cost is an estimate from the tokens that the executor reported.`,
    ],
    [
      gaps.differingRuns,
      (number) =>
        `${counted(number, "run")} whose executor reported another cost than the calls show; the calls count.`,
    ],
    [
      totals.unpricedCalls,
      (number) =>
        `${counted(number, "LLM call")} without a known cost, of ${count(totals.llmCalls)}; the cost of their runs is at least what is shown.`,
    ],
    [
      gaps.runsWithoutPhases,
      (number) => `${counted(number, "run")} without any phase: what was done when is unknown.`,
    ],
    [
      gaps.openPhases,
      (number) =>
        `${counted(number, "phase")} without an end: how long they took is unknown, or only reported.`,
    ],
    [
      gaps.phasesWithoutResult,
      (number) => `${counted(number, "phase")} that ended without a result being told.`,
    ],
    [
      strayCalls.calls,
      (number) =>
        `${counted(number, "LLM call")} of the same time in no known run, at ${dollars(strayCalls.costUsd)}; whether they belong to this work is unknown, and they are in no sum.`,
    ],
    [
      isFew ? 1 : 0,
      () =>
        `Averages and rates rest on ${counted(totals.completed, "completed run")}, fewer than say much about others.`,
    ],
  ];
  return sentences.flatMap(([number, sentence]) => (number > 0 ? [sentence(number)] : []));
}
