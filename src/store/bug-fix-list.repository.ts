import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { BugFix } from "../domain/bug-fix.js";
import type { BugFixesOfRuns, BugFixFilter, BugFixOrder, BugFixPosition } from "../domain/bug-fix-page.js";
import { isAmong } from "./among.sql.js";
import { toBugFix } from "./bug-fix.row.js";
import { wsBugFixes } from "./bug-fix.table.js";
import { builtOnce } from "./built-once.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./execution.table.js";
import { bugFixContains, matchesExecution } from "./execution-filter.sql.js";
import { given, startsWith } from "./matching.sql.js";

/** Up to `limit` bug fixes by when they were recorded, after a position in that order. */
export async function list(
  db: Database,
  filter: BugFixFilter,
  order: BugFixOrder,
  limit: number,
  after: BugFixPosition | undefined,
): Promise<readonly BugFix[]> {
  const { createdAt, id } = wsBugFixes;
  const rows = await db
    .select()
    .from(wsBugFixes)
    .where(and(matches(db, filter), after && isAfter(order, after)))
    .orderBy(order.direction === "desc" ? desc(createdAt) : asc(createdAt), asc(id))
    .limit(limit);
  return rows.map(toBugFix);
}

/** How many bug fixes match. */
export async function countMatching(db: Database, filter: BugFixFilter): Promise<number> {
  const [row] = await db.select({ matching: count() }).from(wsBugFixes).where(matches(db, filter));
  return row?.matching ?? 0;
}

/** Up to `limit` bug fixes of each run, oldest first, after a position in that order; nothing of a run that has none. */
export async function listOfRuns(
  db: Database,
  { executionIds, autonomous }: BugFixesOfRuns,
  limit: number,
  after: BugFixPosition | undefined,
): Promise<readonly BugFix[]> {
  const rows = await ofRuns(db).execute({
    ids: JSON.stringify(executionIds),
    autonomous: autonomous ?? null,
    afterTime: after?.createdAt.toISOString() ?? null,
    afterId: after?.id ?? null,
    limit,
  });
  return rows.map(toBugFix);
}

/** How many bug fixes each run has, by run id; nothing of a run that has none. */
export async function countOfRuns(
  db: Database,
  { executionIds, autonomous }: BugFixesOfRuns,
): Promise<ReadonlyMap<string, number>> {
  const values = { ids: JSON.stringify(executionIds), autonomous: autonomous ?? null };
  const rows = await countsOfRuns(db).execute(values);
  return new Map(rows.map(({ executionId, matching }) => [executionId, matching]));
}

const isWanted = sql`coalesce(${wsBugFixes.autonomous} = ${sql.placeholder("autonomous")}::boolean, true)`;

/** Goes to the index once for each run, however many bug fixes others have. */
const idsOfPages = sql`
  select page.id
  from jsonb_array_elements_text(${sql.placeholder("ids")}::jsonb) as runs (id)
  cross join lateral (
    select ${wsBugFixes.id} from ${wsBugFixes}
    where ${wsBugFixes.wsExecutionId} = runs.id::uuid and ${isWanted}
      and (${wsBugFixes.createdAt}, ${wsBugFixes.id}) > (
        coalesce(${sql.placeholder("afterTime")}::timestamptz, '-infinity'),
        coalesce(${sql.placeholder("afterId")}::uuid, '00000000-0000-0000-0000-000000000000')
      )
    order by ${wsBugFixes.createdAt}, ${wsBugFixes.id}
    limit ${sql.placeholder("limit")}::integer
  ) as page`;

const ofRuns = builtOnce((db) =>
  db
    .select()
    .from(wsBugFixes)
    .where(sql`${wsBugFixes.id} = any (array(${idsOfPages}))`)
    .orderBy(asc(wsBugFixes.createdAt), asc(wsBugFixes.id))
    .prepare("bug_fix_pages_of_executions"),
);

const countsOfRuns = builtOnce((db) =>
  db
    .select({ executionId: wsBugFixes.wsExecutionId, matching: count() })
    .from(wsBugFixes)
    .where(and(isAmong(wsBugFixes.wsExecutionId, sql.placeholder("ids")), isWanted))
    .groupBy(wsBugFixes.wsExecutionId)
    .prepare("bug_fix_counts_of_executions"),
);

function matches(db: Database, filter: BugFixFilter): SQL | undefined {
  const { wsId, wpId, executor } = filter;
  const ofRun = matchesExecution({ wsId, wpId, executor });
  const runs = db.select({ id: wsExecutions.id }).from(wsExecutions);
  return and(
    given(filter.executionId, (id) => eq(wsBugFixes.wsExecutionId, id)),
    given(ofRun, (matching) => inArray(wsBugFixes.wsExecutionId, runs.where(matching))),
    given(filter.scopeId, (id) => eq(wsBugFixes.scopeId, id)),
    given(filter.autonomous, (autonomous) => eq(wsBugFixes.autonomous, autonomous)),
    given(filter.createdFrom, (time) => gte(wsBugFixes.createdAt, time)),
    given(filter.createdTo, (time) => lt(wsBugFixes.createdAt, time)),
    given(filter.testNamePrefix, (prefix) => startsWith(wsBugFixes.testName, prefix)),
    given(filter.text, bugFixContains),
  );
}

/** The first condition alone would do without the ties; it is the one that an index serves. */
function isAfter({ direction }: BugFixOrder, { createdAt, id }: BugFixPosition): SQL | undefined {
  const [beyond, upTo] = direction === "desc" ? [lt, lte] : [gt, gte];
  const column = wsBugFixes.createdAt;
  return and(upTo(column, createdAt), or(beyond(column, createdAt), gt(wsBugFixes.id, id)));
}
