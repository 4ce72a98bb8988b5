import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { BugFixResolver } from "./bug-fix.resolver.js";
import { EventResolver } from "./event.resolver.js";
import { ExecutionResolver } from "./execution.resolver.js";
import { ExecutionListResolver } from "./execution-list.resolver.js";
import { LlmCallResolver } from "./llm-call.resolver.js";
import { PhaseResolver } from "./phase.resolver.js";
import { ReportResolver } from "./report.resolver.js";

/** The schema that clients are promised. Values are judged by the operations, so none is judged here. */
export function createSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      ExecutionResolver,
      ExecutionListResolver,
      PhaseResolver,
      BugFixResolver,
      LlmCallResolver,
      EventResolver,
      ReportResolver,
    ],
    validate: false,
  });
}
