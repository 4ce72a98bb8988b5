import type { PhaseName, PhaseResult } from "../../src/vocabulary.js";

/** What one executor tells of one run, event by event, after its start; as REST spells it. */

export interface PhaseEvent {
  readonly event_id: string;
  readonly name: PhaseName;
  readonly started_at: string;
  readonly completed_at?: string;
  readonly sequence?: number;
  readonly result?: PhaseResult;
  readonly tests_written?: number;
  readonly tests_passing?: number;
  readonly tests_failing?: number;
  readonly files_modified?: number;
}

interface BugFixEvent {
  readonly id: string;
  readonly description: string;
  readonly root_cause: string;
  readonly test_name: string;
  readonly fix_summary: string;
  readonly autonomous: boolean;
}

interface CallEvent {
  readonly source_key: string;
  readonly model: string;
  readonly started_at: string;
  readonly phase?: PhaseName;
  readonly cost_usd?: number;
  readonly session?: string;
  /** Whether it names the run. */
  readonly claims: boolean;
}

/** The executor's session is named, or the time at which the run really started. */
interface StartEvent {
  readonly executor_session_id?: string;
  readonly started_at?: string;
}

/** Totals of the run; no two events of a history name the same one. */
export interface Metrics {
  readonly wp_id?: string;
  readonly test_metrics?: Readonly<Record<string, number | null>>;
  readonly file_metrics?: Readonly<Record<string, readonly string[] | null>>;
  readonly rework_cycles?: number;
  readonly llm_calls?: number;
  readonly llm_tokens_in?: number;
  readonly llm_tokens_out?: number;
  readonly llm_cost_usd?: number;
  readonly llm_model?: string;
}

interface EndEvent {
  readonly status: "COMPLETED" | "FAILED" | "HARD_STOP";
  readonly completed_at: string;
}

export type Event =
  | { readonly kind: "phase"; readonly phase: PhaseEvent }
  | { readonly kind: "bugFix"; readonly bugFix: BugFixEvent }
  | { readonly kind: "call"; readonly call: CallEvent }
  | { readonly kind: "start"; readonly start: StartEvent }
  | { readonly kind: "metrics"; readonly metrics: Metrics }
  | { readonly kind: "end"; readonly end: EndEvent };

export interface History {
  /** What the start says at first. */
  readonly firstStartedAt: string;
  readonly startedAt: string;
  readonly events: readonly Event[];
}

type Of<Kind extends Event["kind"]> = Extract<Event, { kind: Kind }>;

export const eventsOf = <Kind extends Event["kind"]>({ events }: History, kind: Kind): readonly Of<Kind>[] =>
  events.filter((event): event is Of<Kind> => event.kind === kind);
