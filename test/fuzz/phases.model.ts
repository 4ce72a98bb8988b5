/** A row of a phase, as SQL answers it. */
export interface StoredPhase {
  readonly ws_execution_id: string;
  readonly event_id: string;
  readonly sequence: number;
  readonly name: string;
  readonly started_at: Date;
  readonly completed_at: Date | null;
  readonly duration_seconds: number | null;
  readonly result: string | null;
  readonly tests_written: number | null;
  readonly tests_passing: number | null;
  readonly tests_failing: number | null;
  readonly files_modified: number | null;
}

const int32Max = 2_147_483_647;

const compare = (a: StoredPhase, b: StoredPhase, ...differences: readonly number[]) =>
  differences.find((difference) => difference !== 0) ??
  Buffer.compare(Buffer.from(a.event_id), Buffer.from(b.event_id));

const started = (a: StoredPhase, b: StoredPhase) => a.started_at.getTime() - b.started_at.getTime();

const inOrderOfReading = (phases: readonly StoredPhase[]) =>
  phases.toSorted((a, b) => compare(a, b, a.sequence - b.sequence, started(a, b)));

const inOrderOfWork = (phases: readonly StoredPhase[]) =>
  phases.toSorted((a, b) => compare(a, b, started(a, b), a.sequence - b.sequence));

function entryOf(phase: StoredPhase) {
  const { event_id, sequence, name, duration_seconds, result, started_at, completed_at } = phase;
  const { tests_written, tests_passing, tests_failing, files_modified } = phase;
  const counters = Object.entries({ tests_written, tests_passing, tests_failing, files_modified });
  const lasted = completed_at && Math.floor((completed_at.getTime() - started_at.getTime()) / 1000);
  return {
    ...{ event_id, sequence, name, result, duration_seconds: lasted ?? duration_seconds },
    started_at: started_at.toISOString(),
    completed_at: completed_at?.toISOString() ?? null,
    ...Object.fromEntries(counters.filter(([, count]) => count !== null)),
  };
}

/** How often an `implement` comes next after a failed `verify`, other phases aside. */
function reworkIn(phases: readonly StoredPhase[]): number {
  const work = inOrderOfWork(phases).filter(({ name }) => name === "implement" || name === "verify");
  return work.filter(({ name }, index) => {
    const before = work[index - 1];
    return name === "implement" && before?.name === "verify" && before.result === "fail";
  }).length;
}

/** What the phases of a run show, by the contract: the document, the metrics they imply, and the rework. */
export function shownBy(phases: readonly StoredPhase[]) {
  const verify = inOrderOfWork(phases)
    .filter(({ name }) => name === "verify")
    .at(-1);
  const written = phases.reduce((sum, { tests_written }) => sum + (tests_written ?? 0), 0);
  return {
    phase_metrics: { phases: inOrderOfReading(phases).map(entryOf) },
    derived_test_metrics: {
      written: Math.min(written, int32Max),
      passing: verify?.tests_passing ?? 0,
      failing: verify?.tests_failing ?? 0,
      skipped: 0,
    },
    derived_rework_cycles: reworkIn(phases),
  };
}
