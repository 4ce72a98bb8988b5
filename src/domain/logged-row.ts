import { type PhaseName, phaseNames } from "../vocabulary.js";
import { type LoggedLlmCall, unknownModel } from "./llm-call.js";
import { isUsd } from "./usd.js";
import { parseUuid } from "./uuid.js";

const int32Max = 2_147_483_647;

/** A row of the external log as the database spells it; null where it says nothing. */
export interface LoggedRow {
  readonly sourceKey: string;
  readonly fingerprint: string;
  readonly startedAt: Date;
  readonly executionId: string | null;
  readonly session: string | null;
  readonly phase: string | null;
  readonly documentType: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly inputTokens: string | null;
  readonly cacheReadTokens: string | null;
  readonly cacheWrite5mTokens: string | null;
  readonly cacheWrite1hTokens: string | null;
  readonly outputTokens: string | null;
  readonly costUsd: string | null;
}

/**
 * The call that a row tells of. Nobody can be asked to correct a log, so a value that a caller would be refused counts
 * as not said, and a text that is too long is cut.
 * @param maxLength characters of a text
 */
export function toLoggedCall(row: LoggedRow, maxLength: number): LoggedLlmCall {
  return {
    sourceKey: row.sourceKey,
    sourceFingerprint: row.fingerprint,
    executionId: row.executionId === null ? undefined : parseUuid(row.executionId.trim()),
    executorSessionId: textIn(row.session, maxLength),
    phase: phaseIn(row.phase),
    documentType: textIn(row.documentType, maxLength),
    provider: textIn(row.provider, maxLength),
    model: textIn(row.model, maxLength) ?? unknownModel,
    startedAt: row.startedAt,
    inputTokens: countIn(row.inputTokens),
    cacheReadTokens: countIn(row.cacheReadTokens),
    cacheWrite5mTokens: countIn(row.cacheWrite5mTokens),
    cacheWrite1hTokens: countIn(row.cacheWrite1hTokens),
    outputTokens: countIn(row.outputTokens),
    costUsd: amountIn(row.costUsd),
  };
}

function textIn(said: string | null, maxLength: number): string | undefined {
  if (said === null || said === "") return undefined;
  return said.length <= maxLength ? said : [...said].slice(0, maxLength).join("");
}

function phaseIn(said: string | null): PhaseName | undefined {
  return phaseNames.find((name) => name === said?.toLowerCase());
}

function countIn(said: string | null): number | undefined {
  const count = said === null ? Number.NaN : Number(said);
  return Number.isInteger(count) && count >= 0 && count <= int32Max ? count : undefined;
}

function amountIn(said: string | null): number | undefined {
  const amount = said === null ? Number.NaN : Number(Number(said).toFixed(6));
  return isUsd(amount) ? amount : undefined;
}
