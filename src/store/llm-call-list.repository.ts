import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import type { LlmCallFilter, LlmCallPlace, StoredLlmCall } from "../domain/exported.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./execution.table.js";
import { matchesExecution } from "./execution-filter.sql.js";
import { llmCalls } from "./llm-call.table.js";
import { given } from "./matching.sql.js";

const columns = {
  sourceKey: llmCalls.sourceKey,
  source: llmCalls.source,
  executionId: llmCalls.wsExecutionId,
  claimedExecutionId: llmCalls.claimedExecutionId,
  executorSessionId: llmCalls.executorSessionId,
  phase: llmCalls.phaseName,
  documentType: llmCalls.documentType,
  provider: llmCalls.provider,
  model: llmCalls.model,
  startedAt: llmCalls.startedAt,
  inputTokens: llmCalls.inputTokens,
  cacheReadTokens: llmCalls.cacheReadTokens,
  cacheWrite5mTokens: llmCalls.cacheWrite5mTokens,
  cacheWrite1hTokens: llmCalls.cacheWrite1hTokens,
  outputTokens: llmCalls.outputTokens,
  costUsd: llmCalls.costUsd,
  reportedCostUsd: llmCalls.reportedCostUsd,
  computedCostUsd: llmCalls.computedCostUsd,
  priceVersion: llmCalls.priceVersion,
  createdAt: llmCalls.createdAt,
};

/** Up to `limit` calls, the latest first, after a place in that order. */
export function list(
  db: Database,
  filter: LlmCallFilter,
  limit: number,
  after: LlmCallPlace | undefined,
): Promise<readonly StoredLlmCall[]> {
  return db
    .select(columns)
    .from(llmCalls)
    .where(and(matches(db, filter), after && isAfter(after)))
    .orderBy(desc(llmCalls.startedAt), asc(llmCalls.sourceKey))
    .limit(limit);
}

function matches(db: Database, filter: LlmCallFilter): SQL | undefined {
  const { wsId, wpId, executor } = filter;
  const runs = db.select({ id: wsExecutions.id }).from(wsExecutions);
  return and(
    given(filter.startedFrom, (time) => gte(llmCalls.startedAt, time)),
    given(filter.startedTo, (time) => lt(llmCalls.startedAt, time)),
    given(filter.executionId, (id) => eq(llmCalls.wsExecutionId, id)),
    given(matchesExecution({ wsId, wpId, executor }), (matching) =>
      inArray(llmCalls.wsExecutionId, runs.where(matching)),
    ),
    given(filter.model, (model) => eq(llmCalls.model, model)),
    given(filter.provider, (provider) => eq(llmCalls.provider, provider)),
    given(filter.documentType, (type) => eq(llmCalls.documentType, type)),
    given(filter.source, (source) => eq(llmCalls.source, source)),
    given(filter.attributed, (attributed) => (attributed ? isNotNull : isNull)(llmCalls.wsExecutionId)),
    given(filter.priced, (priced) => (priced ? isNotNull : isNull)(llmCalls.costUsd)),
  );
}

/** The first condition alone would do without the ties; it is the one that an index serves. */
const isAfter = ({ startedAt, sourceKey }: LlmCallPlace): SQL | undefined =>
  and(
    lte(llmCalls.startedAt, startedAt),
    or(lt(llmCalls.startedAt, startedAt), gt(llmCalls.sourceKey, sourceKey)),
  );
