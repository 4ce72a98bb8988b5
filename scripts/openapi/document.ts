import { snakeCase } from "../../src/domain/snake-names.js";
import { defaultLimits } from "../../src/limits.js";
import { fieldsWithin } from "../../src/operations/fields.schema.js";
import type { RestRoute } from "../../src/rest/route.js";
import { restRoutes } from "../../src/rest/server.js";
import { version } from "../../src/version.js";
import { described, descriptionOfType } from "./descriptions.js";
import { inputSchema, type JsonSchema, neverNull, renamed } from "./json-schema.js";
import { componentTypes, componentWords, describingTypes, ownWords } from "./own-words.js";
import { queryParameters, subjectOf } from "./parameters.js";
import { refusalResponses, responsesOf } from "./responses.js";

const about = `What AI coding executors report of their work, and what it cost. GraphQL at \`/graphql\` answers more; these
routes are the same operations with names in snake case.

Limits are those of a server that is not configured otherwise. Without keys a server takes requests from its own machine only,
and any of them; with keys, each request brings one.`;

/** The description of every REST route as an OpenAPI 3.1 document, made of what the routes go by. */
export function openApiDocument() {
  const components = new Map<string, JsonSchema>();
  const paths = pathsOf(components);
  const responses = refusalResponses(restRoutes, components);
  return {
    openapi: "3.1.1",
    info: {
      title: "ws-metrics",
      version,
      description: about.replaceAll(/(?<!\n)\n(?!\n)/g, " "),
      license: { name: "UNLICENSED", identifier: "LicenseRef-UNLICENSED" },
    },
    servers: [{ url: "/api/v1/metrics" }],
    security: [{ key: [] }, {}],
    paths,
    components: {
      schemas: Object.fromEntries([...components].toSorted(byName).map(componentOf)),
      responses,
      parameters: {
        "If-None-Match": {
          name: "If-None-Match",
          in: "header",
          description: "The `ETag` of an answer that the client has.",
          schema: { type: "string" },
        },
      },
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: "A key of the server: `npm run keys` makes them.",
        },
      },
    },
  };
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
  one < other ? -1 : 1;

function componentOf([name, schema]: readonly [string, JsonSchema]): readonly [string, JsonSchema] {
  const description = schema.description ?? descriptionOfType(name);
  if (description === undefined) throw new Error(`Nothing describes ${name}.`);
  return [name, { description, ...described(schema, componentTypes[name] ?? [name], componentWords) }];
}

function pathsOf(components: Map<string, JsonSchema>) {
  const paths = new Map<string, Record<string, unknown>>();
  for (const route of restRoutes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths.set(path, { ...paths.get(path), [route.method.toLowerCase()]: operationOf(route, components) });
  }
  return Object.fromEntries(paths);
}

const fields = fieldsWithin(defaultLimits, () => new Date());

function operationOf(route: RestRoute, components: Map<string, JsonSchema>) {
  const { method, path, roles, documented } = route;
  const { operationId, summary, description = "" } = documented;
  const input = inputSchema(documented.input(fields));
  const responses = responsesOf(route, components);
  const parameters = [
    ...pathParameters(path, input),
    ...queryParameters(path, documented, input),
    ...("304" in responses ? [{ $ref: "#/components/parameters/If-None-Match" }] : []),
  ];
  return {
    operationId,
    summary,
    description: `${description} For keys of the role ${roles.join(" or ")}.`.trim(),
    ...(parameters.length > 0 && { parameters }),
    ...(method === "POST" && { requestBody: bodyOf(route, input) }),
    responses,
  };
}

function pathParameters(path: string, input: JsonSchema) {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  return names.map((name) => {
    const { properties } = described(input, describingTypes[path] ?? []);
    const { description, ...schema } = neverNull(properties?.[name] ?? {});
    return { name, in: "path", required: true, description, schema };
  });
}

function bodyOf({ path, documented: { bodyNames } }: RestRoute, input: JsonSchema) {
  const spelled = renamed(input, (name) => bodyNames?.get(name) ?? snakeCase(name));
  const subject = subjectOf(path);
  const schema = described(spelled, describingTypes[subject] ?? [], ownWords[subject]);
  return { required: true, content: { "application/json": { schema } } };
}
