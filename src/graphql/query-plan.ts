import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { isPromise, NotPlainError, type QueryRun } from "./query-run.js";

/** Makes of a value that a resolver returned what the answer shows. */
type Complete = (value: unknown, run: QueryRun) => unknown;

/** One field of an answer: how its value is found, and completed. */
interface Step {
  readonly key: string;
  readonly resolve: (source: unknown, run: QueryRun) => unknown;
  readonly complete: Complete;
}

type Answer = Record<string, unknown>;

/** Answers a whole operation; what it waits for comes in later, until the run has settled. */
export type QueryPlan = (run: QueryRun) => Answer;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type Fields = Map<string, readonly FieldNode[]>;

/**
 * What there is to do for a valid operation, decided once: which properties are read, which resolvers are called, how
 * values are written. It knows nothing of errors: what is not plain throws, at once or in the run.
 * @throws NotPlainError for what it does not know: mutations, directives, introspection, interfaces and unions
 */
export function planQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): QueryPlan {
  const root = schema.getQueryType();
  if (operation.operation !== "query" || operation.directives?.length || !root) throw new NotPlainError();
  const fragments: Fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const complete = completeObject(root, [operation.selectionSet], fragments);
  return (run) => complete(undefined, run);
}

function completeObject(
  type: GraphQLObjectType,
  selections: readonly SelectionSetNode[],
  fragments: Fragments,
): (source: unknown, run: QueryRun) => Answer {
  if (type.isTypeOf) throw new NotPlainError();
  const fields: Fields = new Map();
  const spread = new Set<string>();
  for (const selection of selections) collectFields(selection, fragments, fields, spread);
  const steps = [...fields].map(([key, nodes]) => stepOf(type, key, nodes, fragments));
  return (source, run) => {
    const answer: Answer = {};
    for (const { key, resolve, complete } of steps) {
      const value = resolve(source, run);
      if (isPromise(value)) {
        answer[key] = null; // keeps its place
        run.waitFor(value, (settled) => {
          answer[key] = complete(settled, run);
        });
      } else answer[key] = complete(value, run);
    }
    return answer;
  };
}

/** The fields of a selection by the names they have in the answer; a fragment is written out once, as `spread` notes. */
function collectFields(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  fields: Fields,
  spread: Set<string>,
): void {
  for (const selection of selections) {
    if (selection.directives?.length) throw new NotPlainError();
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      fields.set(key, [...(fields.get(key) ?? []), selection]);
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (fragment === undefined || fragment.directives?.length) throw new NotPlainError();
    if (fragment.kind === Kind.FRAGMENT_DEFINITION) {
      if (spread.has(fragment.name.value)) continue;
      spread.add(fragment.name.value);
    }
    // It applies: a valid one of an object is of its type, or of an interface or union that it belongs to.
    collectFields(fragment.selectionSet, fragments, fields, spread);
  }
}

function stepOf(
  type: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
  fragments: Fragments,
): Step {
  const [node] = nodes;
  if (node === undefined || key === "__proto__") throw new NotPlainError();
  const name = node.name.value;
  if (name === "__typename") return { key, resolve: () => type.name, complete: (value) => value };
  const field = type.getFields()[name];
  if (field === undefined) throw new NotPlainError();
  const selections = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return { key, resolve: resolverOf(field, node), complete: completeType(field.type, selections, fragments) };
}

function resolverOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Step["resolve"] {
  const { name, resolve, args } = field;
  if (resolve === undefined) {
    return (source) => {
      const value = (source as Readonly<Record<string, unknown>>)[name]; // an object, or it was not completed as one
      if (typeof value === "function") throw new NotPlainError();
      return value;
    };
  }
  const argumentsOf =
    args.length === 0 ? () => ({}) : (run: QueryRun) => getArgumentValues(field, node, run.variables);
  return (source, run) => resolve(source, argumentsOf(run), run.context, run.info);
}

function completeType(
  type: GraphQLOutputType,
  selections: readonly SelectionSetNode[],
  fragments: Fragments,
): Complete {
  if (isNonNullType(type)) {
    const complete = completeType(type.ofType, selections, fragments);
    return (value, run) => {
      const completed = complete(value, run);
      if (completed === null) throw new NotPlainError();
      return completed;
    };
  }
  const complete = completeNullable(type, selections, fragments);
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw new NotPlainError();
    return complete(value, run);
  };
}

function completeNullable(
  type: GraphQLOutputType,
  selections: readonly SelectionSetNode[],
  fragments: Fragments,
): Complete {
  if (isLeafType(type)) {
    return (value) => {
      const written = type.serialize(value);
      if (written === null || written === undefined) throw new NotPlainError();
      return written;
    };
  }
  if (isListType(type)) {
    const complete = completeType(type.ofType, selections, fragments);
    return (value, run) => {
      if (!Array.isArray(value) || value.some(isPromise)) throw new NotPlainError();
      return value.map((item) => complete(item, run));
    };
  }
  if (!isObjectType(type)) throw new NotPlainError();
  const complete = completeObject(type, selections, fragments);
  return (value, run) => {
    if (typeof value !== "object") throw new NotPlainError();
    return complete(value, run);
  };
}
