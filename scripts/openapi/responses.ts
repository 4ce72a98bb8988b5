import type { z } from "zod";
import { catalogue, type ErrorCode } from "../../src/errors.js";
import { problemAnswer } from "../../src/rest/answers/problem.answer.js";
import type { RestRoute } from "../../src/rest/route.js";
import { answerSchema, type JsonSchema } from "./json-schema.js";

type Components = Map<string, JsonSchema>;

const successes: Readonly<Record<string, string>> = {
  200: "As asked.",
  201: "Recorded.",
};
const repeated = "Nothing new: it was recorded before.";

/** Why any request may be refused, and why one with a body may. */
const always: readonly ErrorCode[] = [
  "BAD_USER_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
];
const withBody: readonly ErrorCode[] = ["PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"];

const entityTag = {
  ETag: {
    description:
      "Names the figures; send it as `If-None-Match` to be sent them again only when they changed.",
    schema: { type: "string" },
  },
};

const codesOf = ({ method, documented }: RestRoute): readonly ErrorCode[] => [
  ...always,
  ...(documented.refusals ?? []),
  ...(method === "GET" ? [] : withBody),
];

/** The responses of a route, by status. */
export function responsesOf(route: RestRoute, components: Components) {
  const isRead = route.method === "GET";
  const { answers } = route.documented;
  const successful = Object.entries(answers).map(([status, bodies]) => [
    status,
    {
      description: !isRead && status === "200" ? repeated : successes[status],
      ...(isRead && "application/json" in bodies && { headers: entityTag }),
      content: contentOf(bodies, components),
    },
  ]);
  const isTagged = isRead && Object.values(answers).some((bodies) => "application/json" in bodies);
  return {
    ...Object.fromEntries(successful),
    ...(isTagged && { 304: { description: "The figures are still those of `If-None-Match`." } }),
    ...Object.fromEntries(
      codesOf(route).map((code) => [catalogue[code].status, { $ref: `#/components/responses/${code}` }]),
    ),
    default: { $ref: "#/components/responses/Problem" },
  };
}

const contentOf = (bodies: Readonly<Record<string, z.ZodType>>, components: Components) =>
  Object.fromEntries(
    Object.entries(bodies).map(([type, schema]) => [type, { schema: answerSchema(schema, components) }]),
  );

const retryAfter = { "Retry-After": { description: "In seconds.", schema: { type: "integer" } } };
const passing: readonly ErrorCode[] = ["RATE_LIMITED", "UNAVAILABLE"];

/** The refusals of routes, by code. */
export function refusalResponses(routes: readonly RestRoute[], components: Components) {
  const content = { "application/problem+json": { schema: answerSchema(problemAnswer, components) } };
  const codes = new Set(routes.flatMap(codesOf));
  const named = [...codes].map((code) => [
    code,
    {
      description: `${catalogue[code].title}.`,
      ...(passing.includes(code) && { headers: retryAfter }),
      content,
    },
  ]);
  return { ...Object.fromEntries(named), Problem: { description: "Any other refusal.", content } };
}
