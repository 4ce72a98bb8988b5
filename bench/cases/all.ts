import type { BenchCase } from "../bench-case.js";
import { memory } from "./memory.case.js";
import { otlp } from "./otlp.case.js";
import { page } from "./page.case.js";
import { readyz } from "./readyz.case.js";
import { recordEvents } from "./record-events.case.js";
import { recordPhase } from "./record-phase.case.js";
import { reports } from "./reports.case.js";
import { singleClient } from "./single-client.case.js";
import { twoProcesses } from "./two-processes.case.js";
import { wsm } from "./wsm.case.js";

/** Every case, in the order in which they are measured. */
export const benchCases: readonly BenchCase[] = [
  ...[readyz, recordPhase, recordEvents, twoProcesses, singleClient],
  ...[otlp, reports, page, wsm, memory],
];
