import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type GraphQLSchema, MaxIntrospectionDepthRule, type ValidationRule } from "graphql";
import type { MetricsError } from "../errors.js";
import type { Limits } from "../limits.js";
import type { Perform } from "../operations/perform.js";
import { roles } from "../vocabulary.js";
import { passOverAccept } from "./accept.js";
import { createContext, type GraphqlContext } from "./context.js";
import { explainGraphql, failureOf, renderGraphqlError, together } from "./errors.js";
import { variableErrors } from "./input-errors.js";
import { limitsRule } from "./limits.rule.js";
import { brokenDocuments, type PersistedDocumentsParts, persistedDocuments } from "./persisted-documents.js";
import { plannedQueries } from "./planned-queries.js";
import { refuseLarge } from "./request-limits.js";
import { createSchema } from "./schema.js";

interface RequestContext extends GraphqlContext {
  /** Notes an error that the client is answered. */
  readonly noteFailure: (error: MetricsError) => void;
}

export interface GraphqlParts {
  readonly performFor: (request: FastifyRequest) => Perform;
  readonly limits: Limits;
  /** Where the client of a request reaches the server. */
  readonly baseUrl: (request: FastifyRequest) => string;
  readonly documents: PersistedDocumentsParts;
  /** Notes every error that a client is answered; whose request it was, as far as Apollo says. */
  readonly noteFailure: (requestId: string | undefined, error: MetricsError) => void;
}

/** Serves GraphQL over HTTP at `/graphql`. */
export async function mountGraphql(
  app: FastifyInstance,
  { performFor, limits, baseUrl, documents, noteFailure }: GraphqlParts,
): Promise<void> {
  const schema = createSchema();
  for (const sentence of brokenDocuments(schema, documents.manifests)) app.log.warn(sentence);
  const withDocument = persistedDocuments(documents);
  const apollo = new ApolloServer<RequestContext>({
    schema,
    logger: app.log,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) =>
      renderGraphqlError(explainGraphql(schema, undefined, error), formatted),
    parseOptions: { maxTokens: limits.queryTokens },
    validationRules: [limitsRule(limits), MaxIntrospectionDepthRule as ValidationRule],
    plugins: [
      cataloguedErrors(schema, limits.listedErrors),
      plannedQueries(schema, limits.answerNodes),
      {
        invalidRequestWasReceived: async ({ error }) =>
          noteFailure(undefined, explainGraphql(schema, undefined, error)),
      },
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await apollo.start();
  app.addHook("onClose", () => apollo.stop());
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    config: { access: roles }, // each field is an operation, which has roles of its own
    preHandler: async (request) => {
      const { method, query, body, raw } = request;
      refuseLarge(method === "GET" ? query : body, limits);
      request.body = withDocument(body);
      const named = withDocument(query);
      if (method === "GET" && named !== query) raw.url = `/graphql?${searchOf(named)}`; // where Apollo looks for it
    },
    onRequest: passOverAccept,
    handler: fastifyApolloHandler<RequestContext>(apollo, {
      context: async (request) => ({
        ...createContext(performFor(request), baseUrl(request), limits.answerNodes),
        noteFailure: (error) => noteFailure(request.id, error),
      }),
    }),
  });
}

/** The parameters of a URL. */
const searchOf = (query: unknown) => new URLSearchParams(query as Readonly<Record<string, string>>); // repeated ones are none of GraphQL's

/** Answers every error in the words of the catalogue: all that is wrong with a request, or what each field met. */
function cataloguedErrors(schema: GraphQLSchema, listedErrors: number): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, errors, document, operation, request, contextValue }) => {
        if (response.body.kind !== "single" || !errors?.length) return;
        const { singleResult } = response.body;
        const wasRefused = singleResult.data === undefined;
        const typeErrors =
          operation && wasRefused && variableErrors(schema, operation, request.variables ?? {}, listedErrors);
        const failures = errors.map((thrown) => failureOf(schema, document, thrown));
        const answered = typeErrors ? [{ error: typeErrors }] : wasRefused ? together(failures) : failures;
        singleResult.errors = answered.map(({ error, place }) => renderGraphqlError(error, place));
        for (const { error } of answered) {
          contextValue.noteFailure(error);
          for (const [name, value] of Object.entries(error.headers)) response.http.headers.set(name, value);
          if (error.code === "UNAVAILABLE" || error.code === "METHOD_NOT_ALLOWED")
            response.http.status = error.status;
        }
      },
    }),
  };
}
