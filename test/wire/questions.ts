import * as documents from "../client/documents.js";
import { graphqlQuery, restGet, type Sent } from "./exchange.js";
import type { Door } from "./refusal.js";

/** What can be asked through both doors; parameters are spelled as REST spells them. */
export type Question = "list" | "dashboard" | "costSummary" | "scoreboard" | "execution";

export type Parameters = Readonly<Record<string, unknown>>;

const range = { from: "from", to: "to", time_zone: "timeZone" };

/** The path of each question in REST, its document, and where the document takes the parameters. */
const questions = {
  list: {
    path: "/ws-executions",
    document: documents.executions,
    variables: {
      wp_id: "filter.wpId",
      ws_id: "filter.wsId",
      executor: "filter.executor",
      scope_id: "filter.scopeId",
      status: "filter.status",
      from: "filter.startedFrom",
      to: "filter.startedTo",
      order_by: "orderBy.field",
      direction: "orderBy.direction",
      limit: "first",
      cursor: "after",
    },
  },
  dashboard: {
    path: "/dashboard",
    document: documents.dashboard,
    variables: { ...range, interval: "interval" },
  },
  costSummary: { path: "/cost-summary", document: documents.costSummary, variables: range },
  scoreboard: { path: "/scoreboard", document: documents.scoreboard, variables: { window: "window" } },
  execution: { path: "/ws-executions/", document: documents.execution, variables: { id: "id" } },
} as const;

/** A question with parameters, through a door. */
export function askThrough(door: Door, question: Question, parameters: Parameters): Sent {
  const { path, document } = questions[question];
  if (door === "graphql") return graphqlQuery(document.toString(), variablesOf(question, parameters));
  if (question === "execution") return restGet(`${path}${encodeURIComponent(String(parameters.id))}`);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) query.append(name, String(one));
  }
  return restGet(`${path}?${query}`);
}

/** How a door spells the name of a parameter. */
export function parameterThrough(door: Door, question: Question, name: string): string {
  const variables: Readonly<Record<string, string>> = questions[question].variables;
  return door === "rest" ? name : (variables[name] ?? name);
}

function variablesOf(question: Question, parameters: Parameters): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters)) {
    const [outer = name, inner] = parameterThrough("graphql", question, name).split(".");
    const said = name === "status" ? [value].flat() : value;
    variables[outer] = inner === undefined ? said : { ...(variables[outer] as object), [inner]: said };
  }
  return variables;
}
