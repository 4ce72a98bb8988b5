import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
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
  readonly repetitions: number;
}

const nothing: Weight = { depth: 0, fields: 0, aliases: 0, directives: 0, repetitions: 0 };

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
    const named = new Map<string, number>();
    return selections.reduce<Weight>((sum, selection) => {
      const directives = selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) return add(sum, ofField(selection, named), directives);
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? of(selection.selectionSet)
          : ofFragment(context.getFragment(selection.name.value));
      return add(sum, inner, directives);
    }, nothing);
  }

  /** `named` counts the fields of one selection by name. */
  function ofField(
    { name: { value: name }, alias, selectionSet }: FieldNode,
    named: Map<string, number>,
  ): Weight {
    const count = (named.get(name) ?? 0) + 1;
    named.set(name, count);
    const inner = selectionSet ? of(selectionSet) : nothing;
    return {
      depth: name.startsWith("__") ? 0 : inner.depth + 1, // graphql-js itself bounds introspection
      fields: inner.fields + 1,
      aliases: inner.aliases + (alias ? 1 : 0),
      directives: inner.directives,
      repetitions: Math.max(inner.repetitions, count),
    };
  }

  return of;
}

function add(left: Weight, right: Weight, directives: number): Weight {
  return {
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    aliases: left.aliases + right.aliases,
    directives: left.directives + right.directives + directives,
    repetitions: Math.max(left.repetitions, right.repetitions),
  };
}
