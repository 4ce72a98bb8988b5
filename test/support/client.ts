import type { DocumentTypeDecoration } from "@graphql-typed-document-node/core";
import { expectDescribed } from "./contract.js";

type Fields = Record<string, unknown>;
type Headers = Record<string, string>;

/** An answer over the wire; `body` is parsed when it is JSON. */
export interface Answer<Body = Fields> {
  readonly status: number;
  readonly headers: globalThis.Headers;
  readonly body: Body;
}

interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Fields & { readonly code: string };
}

interface GraphqlBody<Data> {
  readonly data: Data;
  readonly errors?: readonly GraphqlError[];
}

/** Text, or a generated document that carries the types of its result and variables. */
type GraphqlDocument<Data, Variables> =
  | string
  | ({ toString(): string } & DocumentTypeDecoration<Data, Variables>);

/** What a client of the product can do with its two surfaces. */
export interface Client {
  /** Any request, path and all. */
  fetch(path: string, init?: RequestInit): Promise<Answer>;
  /** `path` below `/api/v1/metrics`; `body` is sent as JSON. */
  post<Body = Fields>(path: string, body: unknown, headers?: Headers): Promise<Answer<Body>>;
  /** `path` below `/api/v1/metrics`, its query string included. */
  get<Body = Fields>(path: string): Promise<Answer<Body>>;
  graphql<Data = Fields, Variables = Fields>(
    document: GraphqlDocument<Data, Variables>,
    variables?: Variables,
  ): Promise<Answer<GraphqlBody<Data>>>;
}

const json = { "content-type": "application/json" };

async function send<Body>(url: string, init?: RequestInit): Promise<Answer<Body>> {
  const response = await fetch(url, init);
  const text = await response.text();
  const { pathname, search } = new URL(url);
  expectDescribed({
    ...{ method: init?.method ?? "GET", path: pathname + search, status: response.status, text },
    body: typeof init?.body === "string" ? init.body : undefined,
    contentType: response.headers.get("content-type") ?? undefined,
  });
  const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A client of the server at `url`. */
export function clientOf(url: string): Client {
  const rest = (path: string) => `${url}/api/v1/metrics${path}`;
  return {
    fetch: (path, init) => send(`${url}${path}`, init),
    post: (path, body, headers) =>
      send(rest(path), { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) }),
    get: (path) => send(rest(path)),
    graphql: (document, variables) =>
      send(`${url}/graphql`, {
        method: "POST",
        headers: json,
        body: JSON.stringify({ query: document.toString(), variables }),
      }),
  };
}
