import { costOfPhase } from "../domain/cost.js";
import type { ExportedExecution } from "../domain/exported.js";
import type { Phase } from "../domain/phase.js";
import { sumUsd } from "../domain/usd.js";
import { count, counted, dollars, duration, none, unknown } from "./figures.js";
import type { LocalTime } from "./local-time.js";
import { Stamp } from "./stamp.js";
import { column, type Row, Table } from "./table.js";
import { type Bar, timelineLength, timelineOf } from "./timeline.js";

/** So many phases of a run have a row of their own; the others share one. */
export const listedPhases = 100;

const columns = [
  column.text("Phase"),
  column.text("Started"),
  column.number("Time"),
  column.text("When in the run"),
  column.text("Result"),
  column.text("Reported"),
  column.number("Cost"),
];

interface Parts {
  readonly run: ExportedExecution;
  readonly asOf: Date;
  readonly time: LocalTime;
}

/** What a run did when, what came of it and what it cost; together with what belongs to no phase the cost of the run. */
export function RunPhases({ run: { execution, cost }, asOf, time }: Parts) {
  const { phases } = execution;
  if (phases.length === 0)
    return <p>No phase was reported{cost.totalUsd !== null && ", so no cost belongs to one"}.</p>;
  const bars = timelineOf(execution, asOf);
  const costOf = ({ eventId }: Phase) => costOfPhase(cost, eventId);
  const rows = phases
    .slice(0, listedPhases)
    .map((phase, index) => rowOf(phase, costOf(phase), bars[index], time));
  const others = phases.slice(listedPhases);
  return (
    <Table
      caption="Phases in their order, and what was reported of each"
      columns={columns}
      rows={others.length === 0 ? rows : [...rows, sharedRow(others, sumUsd(others.map(costOf)))]}
      sums={[
        sumRow("In no phase", none, dollars(cost.unattributedToPhaseUsd)),
        sumRow("The run", duration(execution.durationSeconds), dollars(cost.totalUsd)),
      ]}
    />
  );
}

function rowOf(phase: Phase, costUsd: number | null, bar: Bar | undefined, time: LocalTime): Row {
  return [
    <code>{phase.name}</code>,
    <Stamp of={phase.startedAt} time={time} />,
    <>
      {duration(phase.durationSeconds)}
      {phase.completedAt === null && <small>not ended</small>}
    </>,
    bar && (
      <svg class="bar" viewBox={`0 0 ${timelineLength} 10`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width={timelineLength} height="10" />
        <rect x={bar.x} width={bar.width} height="10" />
      </svg>
    ),
    <code>{phase.result ?? unknown}</code>,
    reportedOf(phase),
    dollars(costUsd),
  ];
}

/** What was told of a phase; what was not is left out, and `unknown` stands where nothing was. */
function reportedOf({ testsWritten, testsPassing, testsFailing, filesModified }: Phase): string {
  const told = [
    testsWritten !== null && `${counted(testsWritten, "test")} written`,
    testsPassing !== null && `${count(testsPassing)} passing`,
    testsFailing !== null && `${count(testsFailing)} failing`,
    filesModified !== null && `${counted(filesModified, "file")} modified`,
  ].filter((words) => words !== false);
  return told.length === 0 ? unknown : told.join(", ");
}

function sharedRow(phases: readonly Phase[], costUsd: number | null): Row {
  const known = phases.flatMap(({ durationSeconds }) => durationSeconds ?? []);
  const seconds = known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
  const name = `${counted(phases.length, "more phase")}`;
  return [name, none, duration(seconds), none, none, none, dollars(costUsd)];
}

const sumRow = (name: string, time: string, cost: string): Row => [name, none, time, none, none, none, cost];
