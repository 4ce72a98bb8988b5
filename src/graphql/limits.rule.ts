import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { MetricsError } from "../errors.js";
import type { Limits } from "../limits.js";

/** What a selection asks for, fragments written out. */
interface Weight {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  /** How often the most repeated field stands in one selection. */
  readonly repetitions: number;
  /** How often each field stands in this very selection. */
  readonly named: ReadonlyMap<string, number>;
}

const nothing: Weight = { depth: 0, fields: 0, aliases: 0, directives: 0, repetitions: 0, named: new Map() };

/** Refuses, as `QUERY_TOO_COMPLEX`, operations that ask for more than the limits, and subscriptions. */
export function limitsRule(limits: Limits): ValidationRule {
  const kinds = [
    ["depth", limits.queryDepth, "levels of fields"],
    ["fields", limits.queryFields, "fields"],
    ["aliases", limits.queryAliases, "aliases"],
    ["directives", limits.queryDirectives, "directives"],
    ["repetitions", limits.fieldRepetitions, "repetitions of one field in one selection"],
  ] as const;
  return (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation) {
      const weight = weigher(context)(operation.selectionSet);
      const total = { ...weight, directives: weight.directives + (operation.directives?.length ?? 0) };
      for (const [kind, limit, words] of kinds) {
        if (total[kind] > limit)
          report(context, `The query has more than ${limit} ${words}, which is the limit.`);
      }
      if (operation.operation !== "subscription") return;
      context.reportError(
        new GraphQLError("There are no subscriptions; ask again instead.", { nodes: operation }),
      );
    },
  });
}

function report(context: ValidationContext, message: string): void {
  const originalError = new MetricsError("QUERY_TOO_COMPLEX", message);
  context.reportError(new GraphQLError(message, { originalError }));
}

/** Weighs selections; each fragment once, however often it is spread, and a fragment inside itself as nothing. */
function weigher(context: ValidationContext): (selections: SelectionSetNode) => Weight {
  const known = new Map<FragmentDefinitionNode, Weight>();

  function ofFragment(fragment: FragmentDefinitionNode | null | undefined): Weight {
    if (!fragment) return nothing;
    const weight = known.get(fragment);
    if (weight !== undefined) return weight;
    known.set(fragment, nothing);
    const weighed = of(fragment.selectionSet);
    known.set(fragment, weighed);
    return weighed;
  }

  function of({ selections }: SelectionSetNode): Weight {
    return selections.reduce<Weight>(
      (sum, selection) => add(sum, ofSelection(selection), selection.directives?.length ?? 0),
      nothing,
    );
  }

  function ofSelection(selection: SelectionNode): Weight {
    if (selection.kind === Kind.FIELD) return ofField(selection);
    if (selection.kind === Kind.INLINE_FRAGMENT) return of(selection.selectionSet);
    return ofFragment(context.getFragment(selection.name.value));
  }

  function ofField({ name: { value: name }, alias, selectionSet }: FieldNode): Weight {
    const inner = selectionSet ? of(selectionSet) : nothing;
    const isIntrospection = name.startsWith("__"); // graphql-js itself bounds what is inside
    return {
      depth: isIntrospection ? 0 : inner.depth + 1,
      fields: isIntrospection ? 1 : inner.fields + 1,
      aliases: inner.aliases + (alias ? 1 : 0),
      directives: inner.directives,
      repetitions: inner.repetitions,
      named: new Map([[name, 1]]),
    };
  }

  return of;
}

function add(left: Weight, right: Weight, directives: number): Weight {
  const named = new Map(left.named);
  for (const [name, count] of right.named) named.set(name, (named.get(name) ?? 0) + count);
  return {
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    aliases: left.aliases + right.aliases,
    directives: left.directives + right.directives + directives,
    repetitions: Math.max(left.repetitions, right.repetitions, ...named.values()),
    named,
  };
}
