import type { Sent } from "../wire/exchange.js";
import type { Directive, FieldNode, Node } from "./selection.arbitrary.js";
import { toJson, toLiteral, type Value } from "./value.js";

export interface Operation {
  readonly kind: "query" | "mutation";
  readonly name: string | undefined;
  readonly fields: readonly FieldNode[];
}

/** A request as a client means it, before it is put on the wire. */
export interface GraphqlRequest {
  readonly operations: readonly Operation[];
  /** JSON; undefined to leave it out. */
  readonly operationName: string | undefined;
  readonly method: "GET" | "POST";
}

export interface Written {
  readonly query: string;
  /** A JSON object. */
  readonly variables: string;
}

/** The text of a request, with its fragments, and the values of its variables. */
export function write({ operations }: Pick<GraphqlRequest, "operations">): Written {
  const values: string[] = [];
  const fragments: string[] = [];
  const written = operations.map(({ kind, name, fields }) => {
    const declared: string[] = [];
    const bind = ({ type, value }: Extract<Value, { kind: "variable" }>) => {
      const variable = `v${values.length}`;
      values.push(`"${variable}":${toJson(value)}`);
      declared.push(`$${variable}: ${type}`);
      return variable;
    };
    const selection = selected(fields, { bind, fragments });
    const variables = declared.length > 0 ? `(${declared.join(", ")})` : "";
    return `${kind}${name === undefined ? "" : ` ${name}`}${variables} ${selection}`;
  });
  return { query: [...written, ...fragments].join("\n"), variables: `{${values.join(",")}}` };
}

interface Pen {
  readonly bind: (variable: Extract<Value, { kind: "variable" }>) => string;
  /** Definitions to write after the operations. */
  readonly fragments: string[];
}

const selected = (nodes: readonly Node[], pen: Pen): string =>
  `{ ${nodes.map((node) => writtenNode(node, pen)).join(" ")} }`;

const conditioned = (directive: Directive | undefined, { bind }: Pen) =>
  directive === undefined ? "" : ` @${directive.name}(if: ${toLiteral(directive.condition, bind)})`;

function writtenNode(node: Node, pen: Pen): string {
  const directive = conditioned(node.directive, pen);
  if (node.kind === "inline") return `... on ${node.on}${directive} ${selected(node.selection, pen)}`;
  if (node.kind === "spread") {
    const body = selected(node.selection, pen); // may define fragments itself
    const name = `F${pen.fragments.length}`;
    pen.fragments.push(`fragment ${name} on ${node.on} ${body}`);
    return `...${name}${directive}`;
  }
  const { name, alias, arguments: values = [], selection } = node;
  const written = values.map(([argument, value]) => `${argument}: ${toLiteral(value, pen.bind)}`);
  return [
    alias === undefined ? name : `${alias}: ${name}`,
    written.length > 0 ? `(${written.join(", ")})` : "",
    directive,
    selection.length > 0 ? ` ${selected(selection, pen)}` : "",
  ].join("");
}

/** The envelope of a request, as JSON. */
export function envelope({ query, variables }: Written, operationName: string | undefined): string {
  const name = operationName === undefined ? "" : `,"operationName":${operationName}`;
  return `{"query":${JSON.stringify(query)},"variables":${variables}${name}}`;
}

/** Text whose lone surrogates have no place in a URL is sent without them. */
const inUrl = (part: string) => encodeURIComponent(part.toWellFormed());

/** A request on the wire. Longer ones than a URL can hold are posted. */
export function sentOf(request: GraphqlRequest): Sent {
  const written = write(request);
  const { operationName } = request;
  const name = operationName === undefined ? "" : `&operationName=${inUrl(JSON.parse(operationName))}`;
  const path = `/graphql?query=${inUrl(written.query)}&variables=${inUrl(written.variables)}${name}`;
  if (request.method === "GET" && path.length < 12_000) {
    return { path, headers: { "apollo-require-preflight": "1" } };
  }
  const headers = { "content-type": "application/json" };
  return { method: "POST", path: "/graphql", headers, body: envelope(written, operationName) };
}
