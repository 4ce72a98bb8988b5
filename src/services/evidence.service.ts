import { type Evidence, type EvidenceSelection, listedRuns, subjectInWords } from "../domain/evidence.js";
import type { ExecutionFilter } from "../domain/page.js";
import type { Range } from "../domain/report.js";
import { notFound } from "../errors.js";
import type { Database } from "../store/database.js";
import * as repository from "../store/evidence.repository.js";
import * as executionLists from "../store/execution-list.repository.js";
import { modelTotals, phaseTotals, runFigures, strayCalls } from "./evidence-figures.service.js";
import { withBelongings } from "./export.service.js";
import { refuse, wrongOrder, wrongTimeZone } from "./report-range.js";
import type { UnitOfWork } from "./unit-of-work.js";

const usualMs = 30 * 86_400_000;

export interface EvidenceQuestion {
  readonly wpId?: string | undefined;
  readonly wsId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly timeZone: string;
}

/**
 * What is known of the runs of a Work Package, of a Work Statement or of a range, and what is not; those of the last 30 days
 * unless something is said.
 * @throws MetricsError `NOT_FOUND` when there is no such run; `BAD_USER_INPUT` for an empty range or an unknown time zone
 */
export async function evidence(work: UnitOfWork, question: EvidenceQuestion): Promise<Evidence> {
  const { db, now: asOf } = work;
  const selection = selectionOf(question, asOf);
  refuse([...wrongOrder(selection), ...(await wrongTimeZone(work, selection.timeZone))]);
  const { wpId, wsId, from, to } = selection;
  const filter = { wpId, wsId, startedFrom: from ?? undefined, startedTo: to };
  const gaps = await repository.gaps(db, filter);
  if (gaps === undefined) throw notFound(`Of ${subjectInWords(selection)}, no run ${inWords(selection)}.`);
  return {
    ...{ selection, asOf, gaps },
    ...(await runFigures(db, filter)),
    byPhase: await phaseTotals(db, filter),
    byModel: await modelTotals(db, filter),
    strayCalls: await strayCalls(db, { from: from ?? gaps.firstStartedAt, to }),
    ...(await inFull(db, filter)),
  };
}

function selectionOf({ wpId, wsId, from, to, timeZone }: EvidenceQuestion, now: Date): EvidenceSelection {
  const isBare = [wpId, wsId, from, to].every((one) => one === undefined);
  const usual = isBare ? new Date(now.getTime() - usualMs) : null;
  return { wpId, wsId, timeZone, from: from ?? usual, to: to ?? now };
}

const inWords = ({ from, to }: Range) =>
  `started ${from === null ? "" : `from ${from.toISOString()} on and `}before ${to.toISOString()}`;

const orderOfEvents = { field: "started_at", direction: "asc" } as const;

async function inFull(
  db: Database,
  filter: ExecutionFilter,
): Promise<Pick<Evidence, "runs" | "nextStartedAt">> {
  const found = await executionLists.list(db, filter, orderOfEvents, listedRuns + 1, undefined);
  const executions = found.map(({ execution }) => execution);
  return {
    runs: await withBelongings(db, executions.slice(0, listedRuns)),
    nextStartedAt: executions[listedRuns]?.startedAt,
  };
}
