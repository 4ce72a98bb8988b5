import { type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import {
  type DocumentNode,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from "graphql";
import type { Perform } from "../operations/perform.js";
import type { GraphqlContext } from "./context.js";
import { NodeCount } from "./node-count.js";
import { planQuery, type QueryPlan } from "./query-plan.js";
import { NotPlainError, QueryRun } from "./query-run.js";
import { recorded } from "./recorded.js";

/** A context whose operations can be performed in another way from now on. */
interface ReplaceablePerform extends GraphqlContext {
  perform: Perform;
}

/**
 * Answers queries by plans that are made once for each document: for pages of runs that takes a fraction of the time.
 * A plan knows only what goes well. When anything does not, or is not known to it, graphql-js executes the query as if
 * there were no plan, with the answers that the operations gave already.
 */
export function plannedQueries(
  schema: GraphQLSchema,
  answerNodes: number,
): ApolloServerPlugin<ReplaceablePerform> {
  const planOf = plansOf(schema);
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ document, operation, request, contextValue }) => {
        const plan = operation && planOf(document, operation); // there is none when several could be meant
        if (plan === undefined) return null;
        const { coerced } = getVariableValues(
          schema,
          operation.variableDefinitions ?? [],
          request.variables ?? {},
        );
        if (coerced === undefined) return null;
        const { perform, again } = recorded(contextValue.perform);
        try {
          const data = await answer(
            plan,
            new QueryRun({ ...contextValue, perform, nodes: new NodeCount(answerNodes) }, coerced),
          );
          return { http: { headers: new HeaderMap() }, body: { kind: "single", singleResult: { data } } };
        } catch {
          contextValue.perform = again;
          return null;
        }
      },
    }),
  };
}

async function answer(plan: QueryPlan, run: QueryRun) {
  const data = plan(run);
  run.end();
  await run.settled;
  return data;
}

/** The plans of documents, for as long as Apollo keeps these; undefined for operations that have none. */
function plansOf(schema: GraphQLSchema) {
  const known = new WeakMap<OperationDefinitionNode, QueryPlan | null>();
  return (document: DocumentNode, operation: OperationDefinitionNode): QueryPlan | undefined => {
    const plan = known.get(operation);
    if (plan !== undefined) return plan ?? undefined;
    const made = tryToPlan(schema, document, operation);
    known.set(operation, made ?? null);
    return made;
  };
}

function tryToPlan(...query: Parameters<typeof planQuery>): QueryPlan | undefined {
  try {
    return planQuery(...query);
  } catch (error) {
    if (error instanceof NotPlainError) return undefined;
    throw error;
  }
}
