import { createHash } from "node:crypto";
import { type GraphQLSchema, parse, validate } from "graphql";
import { badUserInput, MetricsError } from "../errors.js";

/** Texts of documents by their ids, as code generators write them down. */
export type Manifest = Readonly<Record<string, string>>;

/** The documents that clients may name instead of sending them. */
export interface PersistedDocumentsParts {
  readonly manifests: readonly Manifest[];
  /** Whether no other documents are executed. */
  readonly only: boolean;
}

/** What of a request says which document it means, whatever it is. */
interface Sent {
  readonly query?: unknown;
  readonly documentId?: unknown;
}

/** The id that GraphQL over HTTP gives a document (its appendix on persisted documents): the hash of its text. */
export const documentIdOf = (text: string): string =>
  `sha256:${createHash("sha256").update(text).digest("hex")}`;

/**
 * Puts the text of a document where a request names it by `documentId`.
 * @returns the request as if the text had been sent
 * @throws MetricsError `BAD_USER_INPUT` for an id that nobody registered, or beside a text; `FORBIDDEN` for any other
 * text where only registered ones are executed
 */
export function persistedDocuments({ manifests, only }: PersistedDocumentsParts): (sent: unknown) => unknown {
  const texts = new Map(
    manifests.flatMap(Object.entries<string>).flatMap(([id, text]) => [
      [id, text],
      [documentIdOf(text), text],
    ]),
  );
  return (sent) => {
    if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return sent; // for Apollo to refuse
    const { documentId, ...rest }: Sent = sent;
    if (documentId === undefined || documentId === null) {
      if (only) requireRegistered(texts, rest.query);
      return sent;
    }
    if (rest.query !== undefined)
      throw refused("must stand alone: a request has either a documentId or a query");
    const query = typeof documentId === "string" ? texts.get(documentId) : undefined;
    if (query === undefined) throw refused(unknown);
    return { ...rest, query };
  };
}

const unknown =
  "names no document that this server knows; it is sha256: and the hash of a text in one of its manifests (PERSISTED_DOCUMENTS)";

const refused = (message: string) => badUserInput([{ path: "documentId", message }], { status: 400 });

function requireRegistered(texts: ReadonlyMap<string, string>, query: unknown): void {
  if (typeof query !== "string" || texts.has(documentIdOf(query))) return;
  throw new MetricsError(
    "FORBIDDEN",
    "This server executes registered documents only: name one by its documentId. What is registered stands in the manifests of PERSISTED_DOCUMENTS.",
  );
}

/** The registered documents that this schema cannot answer, and why, in words. */
export const brokenDocuments = (schema: GraphQLSchema, manifests: readonly Manifest[]): readonly string[] =>
  manifests.flatMap(Object.entries<string>).flatMap(([id, text]) => {
    const reason = faultOf(schema, text);
    return reason === undefined ? [] : [`The persisted document ${id} cannot be executed: ${reason}`];
  });

function faultOf(schema: GraphQLSchema, text: string): string | undefined {
  try {
    return validate(schema, parse(text))[0]?.message;
  } catch (error) {
    return String(error); // no GraphQL at all
  }
}
