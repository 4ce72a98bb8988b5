import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { BugFixResolver } from "./bug-fix.resolver.js";
import { BugFixListResolver } from "./bug-fix-list.resolver.js";
import {
  DashboardComparisonResolver,
  DashboardRunsResolver,
  ScoreboardComparisonResolver,
  ScoreboardRunsResolver,
  SilentRunsResolver,
} from "./comparison.resolver.js";
import { EventResolver } from "./event.resolver.js";
import { ExecutionResolver } from "./execution.resolver.js";
import { ExecutionCostResolver } from "./execution-cost.resolver.js";
import { ExecutionListResolver } from "./execution-list.resolver.js";
import { ExecutionPayloadResolver } from "./execution-payload.resolver.js";
import { LlmCallResolver } from "./llm-call.resolver.js";
import { MetricsResolver } from "./metrics.resolver.js";
import { PhaseResolver } from "./phase.resolver.js";
import { ReportResolver } from "./report.resolver.js";

const roots = {
  Query: "What can be asked. Reads change nothing and may be repeated.",
  Mutation: "What can be reported. Every write may be repeated; a mutation is stored whole or not at all.",
} as const;

/** The schema that clients are promised. Values are judged by the operations, so none is judged here. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ExecutionResolver,
      ExecutionPayloadResolver,
      ExecutionCostResolver,
      ExecutionListResolver,
      PhaseResolver,
      BugFixResolver,
      BugFixListResolver,
      LlmCallResolver,
      EventResolver,
      ReportResolver,
      MetricsResolver,
      ScoreboardComparisonResolver,
      ScoreboardRunsResolver,
      DashboardComparisonResolver,
      DashboardRunsResolver,
      SilentRunsResolver,
    ],
    validate: false,
  });
  for (const [name, description] of Object.entries(roots)) {
    const root = schema.getType(name);
    if (root !== undefined) root.description = description; // type-graphql has no place to say it
  }
  return schema;
}
