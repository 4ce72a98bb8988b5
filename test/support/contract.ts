import { readFileSync } from "node:fs";
import { type ErrorObject, Ajv2020 as Validator } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** A request and its answer, as far as the description of the API says something of them. */
export interface Exchanged {
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  /** What was sent, as text. */
  readonly body?: string | undefined;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
}

interface Contents {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly requestBody?: Contents;
  readonly responses: Readonly<Record<string, Contents>>;
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const prefix = "/api/v1/metrics";
const document = closed(JSON.parse(readFileSync("docs/openapi.json", "utf8")));
const { paths }: { readonly paths: Paths } = document;
const routes = Object.keys(paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
}));

const validator = new Validator({ strict: false, schemas: { api: document } });
addFormats.default(validator);

/**
 * What an exchange has that the description of the API does not; empty when it is as described, or about no route that is.
 * Clients have to put up with further fields one day, but none may come without a word.
 */
export function breachesOf({
  method,
  path,
  body,
  status,
  contentType = "",
  text,
}: Exchanged): readonly string[] {
  const route = routeOf(path);
  const name = method === "HEAD" ? "get" : method.toLowerCase();
  const operation = route === undefined ? undefined : paths[route]?.[name];
  if (route === undefined || operation === undefined) return [];
  const base = ["paths", route, name];
  const key = String(status) in operation.responses || status < 400 ? String(status) : "default";
  const { [key]: response } = operation.responses;
  if (response === undefined) return [`${method} ${path}: nothing describes the status ${status}`];
  const place = response.$ref?.slice(2).split("/") ?? [...base, "responses", key];
  const isTaken = status < 300 && operation.requestBody !== undefined && body !== undefined;
  return [
    ...breachesOfBody(place, contentType, method === "HEAD" ? "" : text),
    ...(isTaken
      ? breachesAt([...base, "requestBody", "content", "application/json", "schema"], parsed(body))
      : []),
  ].map((breach) => `${method} ${path}: ${status}: ${breach}`);
}

const parsed = (text: string): unknown => JSON.parse(text.replace(/^\ufeff/, ""));

/** @throws Error naming every breach */
export function expectDescribed(exchanged: Exchanged): void {
  const breaches = breachesOf(exchanged);
  if (breaches.length > 0) throw new Error(`Not as docs/openapi.json has it:\n${breaches.join("\n")}`);
}

function routeOf(path: string): string | undefined {
  const [address = ""] = path.split("?");
  if (!address.startsWith(prefix)) return undefined;
  const below = address.slice(prefix.length);
  return (
    routes.find(({ path: route }) => route === below)?.path ??
    routes.find(({ pattern }) => pattern.test(below))?.path
  );
}

function breachesOfBody(place: readonly string[], contentType: string, text: string): readonly string[] {
  const { content = {} } = partAt(place) as Contents;
  if (text === "" && contentType === "") return [];
  const [mediaType = ""] = contentType.split(";");
  if (!(mediaType in content)) return [`${contentType || "a body"} is not among ${Object.keys(content)}`];
  if (!/\bjson$/.test(mediaType) || text === "") return [];
  return breachesAt([...place, "content", mediaType, "schema"], parsed(text));
}

function breachesAt(place: readonly string[], value: unknown): readonly string[] {
  const pointer = place.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")));
  const validate = validator.getSchema(`api#/${pointer.join("/")}`);
  if (validate === undefined) throw new Error(`There is no schema at ${place.join(" ")}.`);
  return validate(value) ? [] : (validate.errors ?? []).map(inWords);
}

const inWords = ({ instancePath, message, params }: ErrorObject) =>
  `${instancePath || "the body"} ${message} ${JSON.stringify(params)}`;

const partAt = (place: readonly string[]) =>
  place.reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>>)[name], document);

/** With no room for fields that are not described. */
function closed<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map(closed) as Part; // of the same parts
  if (typeof part !== "object" || part === null) return part;
  const entries = Object.entries(part).map(([name, inner]) => [name, closed(inner)]);
  const isOpen = "properties" in part && !("additionalProperties" in part);
  return { ...Object.fromEntries(entries), ...(isOpen && { additionalProperties: false }) };
}
