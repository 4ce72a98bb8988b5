import type { FastifyInstance } from "fastify";
import type { LlmLogStatus } from "../domain/llm-log.js";

/** What whoever watches the server asks. */
export interface HealthParts {
  /** Resolves when requests can be served; rejects, saying why, when they cannot. */
  readonly checkReady: () => Promise<void>;
  /** How the copy of the external LLM log stands; undefined without a log. */
  readonly llmLogStatus: () => LlmLogStatus | undefined;
}

/** Paths that tell nothing but whether the server works. */
export const healthPaths: readonly string[] = ["/healthz", "/readyz"];

/** Answers at `/healthz` that the process lives, and at `/readyz` whether it can serve requests. */
export function mountHealth(app: FastifyInstance, { checkReady, llmLogStatus }: HealthParts): void {
  const config = { access: "anybody" } as const;
  app.get("/healthz", { config }, async () => ({ status: "alive" }));
  app.get("/readyz", { config }, async () => {
    await checkReady();
    return { status: "ready", ...presentLlmLog(llmLogStatus()) };
  });
}

function presentLlmLog(status: LlmLogStatus | undefined) {
  if (status === undefined) return {};
  const { state, copied, remaining, asOf } = status;
  return { llm_log: { state, copied, remaining, as_of: asOf } };
}
