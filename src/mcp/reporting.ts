import type { z } from "zod";
import type {
  bugFixInput,
  bugFixOutput,
  completeInput,
  completeOutput,
  executionInput,
  executionOutput,
  metricsInput,
  metricsOutput,
  phaseInput,
  phaseOutput,
  startInput,
  startOutput,
} from "./tool-schemas.js";

/** What the tools do, whoever does it: the server itself, or a client of it. Each throws `ToolFailure`. */
export interface Reporting {
  start(input: z.output<typeof startInput>): Promise<z.input<typeof startOutput>>;
  phase(input: z.output<typeof phaseInput>): Promise<z.input<typeof phaseOutput>>;
  complete(input: z.output<typeof completeInput>): Promise<z.input<typeof completeOutput>>;
  bugFix(input: z.output<typeof bugFixInput>): Promise<z.input<typeof bugFixOutput>>;
  execution(input: z.output<typeof executionInput>): Promise<z.input<typeof executionOutput>>;
  metrics(input: z.output<typeof metricsInput>): Promise<z.input<typeof metricsOutput>>;
}
