import { encodeCursor } from "../../src/domain/page.js";
import { executionOrderFields, orderDirections } from "../../src/vocabulary.js";
import { after, minute, noon } from "../support/clock.js";

/** The few names that requests share, so that they meet the same runs, phases, bug fixes and calls. */

const uuid = (group: number, place: number) =>
  `${group.toString(16).padStart(8, "0")}-0000-4000-8000-${place.toString(16).padStart(12, "0")}`;

/** Runs that are started before the first request, and one that only a request can start. */
export const startedIds: readonly string[] = [1, 2, 3, 4].map((place) => uuid(0xfa, place));
const executionIds = [...startedIds, uuid(0xfa, 5)];
/** `NOT_FOUND` until somebody starts it, which no plausible request does. */
export const unknownId = uuid(0xff, 1);

const mostly = (usual: string, ...others: readonly string[]) => [usual, usual, usual, usual, ...others];

const wsIds = mostly("WS-1", "WS-2", "WS-ü𐐷");
const scopes = ["scope-1", "scope-2"];
const models = ["claude-sonnet-4-5", "gpt-4o", "a-model"];
const sentences = ["It broke", "Zu früh\nverglichen", "an off-by-one 🤷🏽‍♀️"];

/** Places in the lists of runs, one for each order. */
const cursors = executionOrderFields.flatMap((field) =>
  orderDirections.map((direction) =>
    encodeCursor({ field, direction }, { value: field === "llm_cost" ? 1 : null, id: uuid(0xfa, 2) }),
  ),
);

/** What a text field is usually told, by the name of the field. */
const textsByName: Readonly<Record<string, readonly string[]>> = {
  eventId: ["event-1", "event-2", "event-3", "event-4", "event-𐐷"],
  wsId: wsIds,
  wpId: ["WP-1", "WP-2"],
  executor: mostly("claude_code", "human", "subagent"),
  scopeId: scopes,
  executorSessionId: ["session-1", "session-2"],
  llmModel: models,
  model: models,
  provider: ["anthropic", "openai"],
  documentType: ["code", "plan"],
  sourceKey: ["call-1", "call-2", "call-3", "call-4", "call-5", "call-6"],
  timeZone: ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata"],
  after: cursors,
  filesModified: ["src/a.ts", "src/b.ts"],
  created: ["src/new.ts"],
  modified: ["src/a.ts", "src/ä.ts"],
  deleted: ["src/old.ts"],
};

export const plausibleTexts = (name: string): readonly string[] => textsByName[name] ?? sentences;

/** Ids by the type they stand in and the name they have there. */
export function plausibleIds(parent: string, name: string): readonly string[] {
  if (parent === "RecordBugFixInput" && name === "id") return [1, 2, 3].map((place) => uuid(0xb0, place));
  return executionIds;
}

const minutesAfter = (from: number, to: number, step: number) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) =>
    after(noon, (from + index * step) * minute),
  );

const earlier = [
  ...minutesAfter(-240, -60, 15),
  "2026-02-23T11:00:00.123456+01:00",
  "2026-02-22t23:30:00-05:30",
];
const later = minutesAfter(-60, 60, 7);

/** Beginnings lie before noon, ends around it. */
export const plausibleInstants = (name: string): readonly string[] =>
  /^(completedAt|to|startedTo)$/.test(name) ? later : earlier;
