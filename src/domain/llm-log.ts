import type { TableName } from "./sql-name.js";

/** What every row of an LLM log tells, and the column that tells it in the execution log of ADR-010. */
export const usualLogColumns = {
  id: "id",
  execution_id: "workflow_execution_id",
  document_type: "artifact_type",
  provider: "model_provider",
  model: "model_name",
  started_at: "started_at",
  input_tokens: "input_tokens",
  output_tokens: "output_tokens",
  cost_usd: "cost_usd",
} as const;

/** What a row may tell where the log has a column for it. */
const furtherLogFields = [
  "cache_read_tokens",
  "cache_write_5m_tokens",
  "cache_write_1h_tokens",
  "phase",
  "session",
] as const;

type UsualLogField = keyof typeof usualLogColumns;
export type LogField = UsualLogField | (typeof furtherLogFields)[number];

export const logFields: readonly LogField[] = [
  ...(Object.keys(usualLogColumns) as UsualLogField[]), // the keys of a literal are known
  ...furtherLogFields,
];

/** The column of each field that the log has. */
export type LogColumns = Readonly<Record<UsualLogField, string> & Partial<Record<LogField, string>>>;

/** The LLM execution log of the surrounding system: a table or view that is read and never touched. */
export interface LlmLog extends TableName {
  readonly columns: LogColumns;
}

/** How far a log was copied. */
export interface LogCopy {
  /** Rows that started before are never read again; null before the first of them was copied. */
  readonly settledUntil: Date | null;
  /** Everything logged before this instant, and within 48 hours of its start, is copied; null until the log was read to its end once. */
  readonly asOf: Date | null;
  /** The calls that were taken from it. */
  readonly copiedCount: number;
}

/** How the copy of the external log stands. */
export interface LlmLogStatus {
  readonly state: "copying" | "current" | "failing";
  readonly copied: number;
  /** Rows to be read yet; null when this instance does not know. */
  readonly remaining: number | null;
  readonly asOf: Date | null;
}
