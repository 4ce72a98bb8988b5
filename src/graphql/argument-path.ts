import { type ASTNode, BREAK, type DocumentNode, Kind, visit } from "graphql";

/** Where a node stands among the arguments of its field: `input.fileMetrics.created.0`; empty outside arguments. */
export function argumentPath(document: DocumentNode, target: ASTNode | undefined): string {
  let path = "";
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if (node !== target) return undefined;
      const lineage = parent === undefined ? [...ancestors, node] : [...ancestors, parent, node];
      path = lineage
        .flatMap((step, depth) => segment(step, lineage[depth - 1], lineage[depth - 2]))
        .join(".");
      return BREAK;
    },
  });
  return path;
}

type Step = ASTNode | readonly ASTNode[];

const isList = (step: Step | undefined): step is readonly ASTNode[] => Array.isArray(step);

function segment(step: Step, parent: Step | undefined, grandparent: Step | undefined): readonly string[] {
  if (isList(step)) return [];
  if (step.kind === Kind.ARGUMENT || step.kind === Kind.OBJECT_FIELD) return [step.name.value];
  const isItem =
    isList(parent) && grandparent !== undefined && !isList(grandparent) && grandparent.kind === Kind.LIST;
  return isItem ? [String(parent.indexOf(step))] : [];
}
