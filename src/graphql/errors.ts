import { ApolloServerErrorCode, unwrapResolverError } from "@apollo/server/errors";
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { badUserInput, explain, MetricsError } from "../errors.js";
import { documentError } from "./input-errors.js";

const documentCodes: readonly unknown[] = [
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.BAD_USER_INPUT,
  ApolloServerErrorCode.BAD_REQUEST,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_FOUND,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_SUPPORTED,
];

/** The catalogue error behind whatever Apollo or a resolver threw. */
export function explainGraphql(
  schema: GraphQLSchema,
  document: DocumentNode | undefined,
  error: unknown,
): MetricsError {
  const thrown = unwrapResolverError(error);
  if (thrown instanceof MetricsError) return thrown;
  if (!(thrown instanceof GraphQLError)) return explain(thrown);
  if (thrown.originalError instanceof MetricsError) return thrown.originalError;
  if (
    thrown.originalError instanceof GraphQLError &&
    thrown.originalError.originalError instanceof MetricsError
  ) {
    return thrown.originalError.originalError;
  }
  if (/^Syntax Error: Document contains more that \d+ tokens/.test(thrown.message)) {
    const [limit] = /\d+/.exec(thrown.message) ?? [];
    return new MetricsError(
      "QUERY_TOO_COMPLEX",
      `The query has more than ${limit} tokens, which is the limit.`,
    );
  }
  if (thrown.message === "Maximum introspection depth exceeded") {
    return new MetricsError(
      "QUERY_TOO_COMPLEX",
      "The introspection goes more than 3 lists of fields deep, which is the limit.",
    );
  }
  if (/^GET requests only support query operations/.test(thrown.message)) {
    return new MetricsError("METHOD_NOT_ALLOWED", "A mutation is sent with POST.", {
      headers: { allow: "POST" },
    });
  }
  return documentCodes.includes(thrown.extensions.code)
    ? documentError(schema, document, thrown)
    : explain(thrown);
}

/** An error and where in the document or the answer it belongs. */
export interface Failure {
  readonly error: MetricsError;
  readonly place?: Pick<GraphQLFormattedError, "locations" | "path">;
}

export function failureOf(
  schema: GraphQLSchema,
  document: DocumentNode | undefined,
  thrown: GraphQLError,
): Failure {
  const { locations, path } = thrown.toJSON();
  return { error: explainGraphql(schema, document, thrown), place: { locations, path } };
}

/** The mistakes in a document as one error that lists them all; what else is wrong stays apart. */
export function together(failures: readonly Failure[]): readonly Failure[] {
  const mistakes = failures.filter(({ error }) => error.code === "BAD_USER_INPUT");
  if (mistakes.length < 2) return failures;
  const error = badUserInput(mistakes.flatMap((mistake) => mistake.error.errors));
  const locations = mistakes.flatMap(({ place }) => place?.locations ?? []);
  return [...failures.filter((failure) => !mistakes.includes(failure)), { error, place: { locations } }];
}

/** A catalogue error in GraphQL's spelling. */
export function renderGraphqlError(
  { code, message, errors }: MetricsError,
  place: Pick<GraphQLFormattedError, "locations" | "path"> = {},
): GraphQLFormattedError {
  return { message, ...place, extensions: { code, ...(errors.length > 0 && { errors }) } };
}
