import type { Evidence } from "../domain/evidence.js";
import type { ExportedExecution } from "../domain/exported.js";
import { restUsd, sumUsd } from "../domain/usd.js";
import { Chapter } from "./chapter.js";
import { count, counted, dollars, duration, none } from "./figures.js";
import type { LocalTime } from "./local-time.js";
import { Stamp } from "./stamp.js";
import { column, type Row, Table } from "./table.js";
import { Told } from "./told.js";

interface Parts {
  readonly evidence: Evidence;
  readonly time: LocalTime;
}

const columns = [
  column.text("Run"),
  column.text("Work Statement"),
  column.text("Started"),
  column.text("Status"),
  column.number("Duration"),
  column.number("Rework"),
  column.number("Tests written"),
  column.number("Bug fixes"),
  column.number("Cost"),
];

/** All runs that are told in full, a line each, and what they and the others come to. */
export function RunList({ evidence, time }: Parts) {
  const { runs, totals } = evidence;
  return (
    <section>
      <Chapter id="runs" />
      <Table
        caption="Runs in the order they started"
        columns={columns}
        rows={runs.map((run, index) => lineOf(run, index + 1, time))}
        sums={sumsOf(evidence)}
      />
      {totals.runs > runs.length && <Others evidence={evidence} time={time} />}
    </section>
  );
}

function lineOf({ execution, bugFixes, cost }: ExportedExecution, place: number, time: LocalTime): Row {
  return [
    <a href={`#run-${place}`}>{place}</a>,
    <Told>{execution.wsId}</Told>,
    <Stamp of={execution.startedAt} time={time} />,
    <code>{execution.status}</code>,
    duration(execution.durationSeconds),
    count(execution.reworkCycles),
    count(execution.testMetrics.written),
    count(bugFixes.length),
    dollars(cost.totalUsd),
  ];
}

interface Sums {
  readonly rework: number;
  readonly tests: number;
  readonly bugFixes: number;
  readonly costUsd: number | null;
}

const rowOf = (name: string, { rework, tests, bugFixes, costUsd }: Sums): Row => [
  ...[name, none, none, none, none],
  ...[count(rework), count(tests), count(bugFixes), dollars(costUsd)],
];

function sumsOf({ runs, totals }: Evidence): readonly Row[] {
  const added = (figure: (run: ExportedExecution) => number) =>
    runs.reduce((sum, run) => sum + figure(run), 0);
  const listed: Sums = {
    rework: added(({ execution }) => execution.reworkCycles),
    tests: added(({ execution }) => execution.testMetrics.written),
    bugFixes: added(({ bugFixes }) => bugFixes.length),
    costUsd: sumUsd(runs.map(({ cost }) => cost.totalUsd)),
  };
  const all: Sums = {
    rework: totals.reworkCycles,
    tests: totals.testsWritten,
    bugFixes: totals.bugFixes,
    costUsd: totals.costUsd,
  };
  const whole = rowOf("All runs", all);
  if (totals.runs === runs.length) return [whole];
  const others: Sums = {
    rework: all.rework - listed.rework,
    tests: all.tests - listed.tests,
    bugFixes: all.bugFixes - listed.bugFixes,
    costUsd: restUsd(all.costUsd, [listed.costUsd]),
  };
  return [
    rowOf(`These ${counted(runs.length, "run")}`, listed),
    rowOf(`${counted(totals.runs - runs.length, "other run")}`, others),
    whole,
  ];
}

/** How to see the runs that are not listed. */
function Others({ evidence: { selection, runs, totals, nextStartedAt }, time }: Parts) {
  const { wpId, wsId, timeZone, to } = selection;
  const asked = Object.entries({
    wp_id: wpId,
    ws_id: wsId,
    from: nextStartedAt?.toISOString(),
    to: to.toISOString(),
    time_zone: timeZone,
  }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return (
    <p>
      The first {counted(runs.length, "run")} stand here in full. The other {count(totals.runs - runs.length)}{" "}
      started from {nextStartedAt === undefined ? none : <Stamp of={nextStartedAt} time={time} />} on:{" "}
      <a href={`?${new URLSearchParams(asked)}`}>a report of its own</a> shows them, as does any narrower
      range. Every run is in the exports <code>ws-executions.csv</code> and <code>ws-executions.ndjson</code>.
    </p>
  );
}
