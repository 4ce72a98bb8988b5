import type { SQL } from "drizzle-orm";
import type { MetricDimension, MetricMeasure } from "../../domain/metrics/catalogue.js";
import type { MetricSubject } from "../../vocabulary.js";
import type { Formula } from "./aggregates.js";
import { bugFixFacts } from "./bug-fix.facts.js";
import { executionFacts } from "./execution.facts.js";
import type { Facts } from "./facts.js";
import { llmCallFacts } from "./llm-call.facts.js";
import { phaseFacts } from "./phase.facts.js";

const facts: { readonly [Subject in MetricSubject]: Facts<Subject> } = {
  executions: executionFacts,
  phases: phaseFacts,
  bug_fixes: bugFixFacts,
  llm_calls: llmCallFacts,
};

/** Facts of some subject, which has some of all dimensions and measures. */
export interface SomeFacts extends Pick<Facts, "from" | "clock"> {
  readonly dimensions: Readonly<Partial<Record<MetricDimension, SQL>>>;
  readonly measures: Readonly<Partial<Record<MetricMeasure, SQL | Formula>>>;
  readonly joins?: Readonly<Partial<Record<MetricMeasure, (where: SQL) => SQL>>>;
}

/** The facts of a subject. */
export const factsOf = (subject: MetricSubject): SomeFacts => facts[subject];
