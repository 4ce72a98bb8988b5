import * as documents from "../client/documents.js";
import { graphqlQuery, restPost, type Sent } from "./exchange.js";
import type { Door } from "./refusal.js";

export type Fields = Readonly<Record<string, unknown>>;

/** What can be reported through both doors; fields are spelled as REST spells them. */
export type Report = "start" | "update" | "complete" | "phase" | "bugFix";

interface Translation {
  /** A report of run `id` in which nothing is wrong. */
  readonly valid: (id: string) => Fields;
  readonly path: string;
  /** Where the fields stand in the body of REST; empty for the body itself. */
  readonly within: string;
  readonly document: { toString(): string };
  /** GraphQL's own spelling, where it is not the camel case of REST's. */
  readonly names?: ReadonlyMap<string, string>;
}

const reports: Readonly<Record<Report, Translation>> = {
  start: {
    valid: () => ({ ws_id: "WS-2", executor: "human" }),
    path: "/ws-execution",
    within: "",
    document: documents.startExecution,
  },
  update: {
    valid: (id) => ({ id }),
    path: "/ws-execution",
    within: "",
    document: documents.updateExecution,
  },
  complete: {
    valid: (id) => ({ id, status: "COMPLETED" }),
    path: "/ws-execution",
    within: "",
    document: documents.completeExecution,
  },
  phase: {
    valid: () => ({
      event_id: "event-2",
      name: "verify",
      started_at: "2026-02-23T10:10:00Z",
      completed_at: "2026-02-23T10:20:00Z",
      result: "pass",
    }),
    path: "/ws-execution",
    within: "phase",
    document: documents.recordPhase,
  },
  bugFix: {
    valid: (id) => ({
      ws_execution_id: id,
      description: "It broke",
      root_cause: "An off-by-one",
      test_name: "it holds",
      fix_summary: "Count",
      autonomous: true,
    }),
    path: "/bug-fix",
    within: "",
    document: documents.recordBugFix,
    names: new Map([["ws_execution_id", "executionId"]]),
  },
};

/** A report of run `id` through a door, valid but for `fields`; a field that is undefined is left out. */
export function reportThrough(door: Door, report: Report, id: string, fields: Fields): Sent {
  const { valid, path, within, document, names = new Map() } = reports[report];
  if (door === "rest") {
    const body = { ...valid(id), ...fields };
    return restPost(
      path,
      within === "" ? body : { id: fields.id ?? id, [within]: { ...body, id: undefined } },
    );
  }
  const words = Object.fromEntries(
    Object.entries(valid(id)).map(([name, value]) => [
      name,
      name === "name" || name === "result" ? String(value).toUpperCase() : value,
    ]),
  );
  const { id: named, ...rest } = fields;
  const run = report === "phase" ? { execution_id: named ?? id } : "id" in fields ? { id: named } : {};
  return graphqlQuery(document.toString(), { input: inCamelCase({ ...words, ...rest, ...run }, names) });
}

/** How a door spells the path of a field of a report. */
export function pathThrough(door: Door, report: Report, path: string): string {
  const { within, names = new Map() } = reports[report];
  if (door === "graphql")
    return `input.${path
      .split(".")
      .map((name) => names.get(name) ?? camel(name))
      .join(".")}`;
  return within === "" ? path : `${within}.${path}`;
}

const camel = (name: string) => name.replaceAll(/(?<=[a-z])_([a-z])/g, (_, letter) => letter.toUpperCase());

function inCamelCase(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [names.get(name) ?? camel(name), inCamelCase(inner, names)]),
  );
}
