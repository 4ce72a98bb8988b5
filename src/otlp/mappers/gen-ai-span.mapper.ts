import type { Span } from "../signals.js";
import { callOfGenAi, hasUsage } from "./gen-ai.js";
import { startOf, type ToldCall } from "./mapper.js";

/** A span of the OpenTelemetry GenAI conventions that says what its call used. */
export function callOfGenAiSpan(span: Span): ToldCall | undefined {
  return hasUsage(span.attributes) ? callOfGenAi(span, startOf(span.startTime || undefined)) : undefined;
}
