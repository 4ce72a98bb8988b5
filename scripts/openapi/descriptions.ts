import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLSchema, isInputObjectType, isObjectType } from "graphql";
import { snakeCase } from "../../src/domain/snake-names.js";
import { type JsonSchema, mapped } from "./json-schema.js";

const schema: GraphQLSchema = buildSchema(
  readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8"),
);

/** What GraphQL calls what REST calls otherwise. */
const graphqlNames: Readonly<Record<string, readonly string[]>> = {
  ws_execution_id: ["executionId"],
  total_ws_completed: ["completedCount"],
  total_tests_written: ["testsWritten"],
  total_bugs_fixed_autonomously: ["autonomousBugFixCount"],
  total_llm_cost_usd: ["llmCostUsd", "totalUsd"],
  rework_cycle_average: ["averageReworkCycles"],
  cost_per_ws: ["costPerWsUsd"],
  cost_per_ws_trend: ["trend"],
  first_pass_rate: ["firstPassVerifyRate"],
  cost_per_completed_ws: ["costPerCompletedWsUsd"],
  executions: ["nodes"],
};

const restNames = new Map(
  Object.entries(graphqlNames).flatMap(([rest, names]) => names.map((name) => [name, rest] as const)),
);

/** A description in the words of REST. */
const spelled = (description: string) =>
  description
    .replaceAll(/\b[a-z]+\d*(?:[A-Z][a-z0-9]*)+\b/g, (name) => restNames.get(name) ?? snakeCase(name))
    .replaceAll("completed_runs", "completed runs"); // a field of GraphQL that REST does not have

const camel = (name: string) => name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/**
 * What the GraphQL schema says of a field, in the words of REST.
 * @param types where to look for it; of `Query.scoreboard`, its arguments
 */
export function descriptionOf(types: readonly string[], field: string): string | undefined {
  const names = [camel(field), ...(graphqlNames[field] ?? [])];
  for (const type of types) {
    for (const name of names) {
      const found = describedIn(type, name);
      if (found) return spelled(found);
    }
  }
  return undefined;
}

function describedIn(path: string, name: string): string | null | undefined {
  const [typeName = "", fieldName] = path.split(".");
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInputObjectType(type)) throw new Error(`There is no type ${typeName}.`);
  const fields = type.getFields();
  if (fieldName === undefined) return fields[name]?.description;
  const field = fields[fieldName];
  return field && "args" in field ? field.args.find((arg) => arg.name === name)?.description : undefined;
}

/** What a type says of itself. */
export const descriptionOfType = (name: string): string | undefined =>
  spelled(schema.getType(name)?.description ?? "") || undefined;

/** The types in which fields of an input are described that stand within another field. */
const innerTypes: Readonly<Record<string, readonly string[]>> = {
  phase: ["RecordPhaseInput"],
  phases: ["RecordPhaseInput"],
  test_metrics: ["TestMetricsInput"],
  file_metrics: ["FileMetricsInput"],
  filter: ["MetricFilter"],
  execution: ["ExecutionFilter"],
  measures: ["MetricMeasureInput"],
  having: ["MetricHavingInput"],
  order_by: ["MetricOrderInput"],
};

/**
 * A schema whose properties say what they are, at every depth.
 * @param own descriptions of what GraphQL does not have, by name
 * @throws Error naming a property that nothing describes
 */
export function described(
  part: JsonSchema,
  types: readonly string[],
  own: Readonly<Record<string, string>> = {},
): JsonSchema {
  return mapped(part, (property, name) => {
    const within = described(property, (name !== undefined && innerTypes[name]) || types, own);
    if (name === undefined) return within;
    const found = property.description ?? own[name] ?? descriptionOf(types, name);
    if (found === undefined) throw new Error(`Nothing describes ${name} of ${types.join(", ")}.`);
    return { ...within, description: found };
  });
}
