import { type ASTNode, BREAK, type DocumentNode, Kind, visit } from "graphql";

/** Where a node stands among the arguments of its field: `input.testMetrics.written`; empty outside arguments. */
export function argumentPath(document: DocumentNode, target: ASTNode | undefined): string {
  let path = "";
  visit(document, {
    enter(node, key, _parent, _path, ancestors) {
      if (node !== target) return undefined;
      const nodes = [...ancestors, node].flatMap((step, depth) =>
        Array.isArray(step) ? [] : [{ step, depth }],
      );
      path = nodes
        .flatMap(({ step, depth }) => segment(step as ASTNode, ancestors[depth - 1], key))
        .join(".");
      return BREAK;
    },
  });
  return path;
}

function segment(node: ASTNode, parent: unknown, key: unknown): readonly string[] {
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return [node.name.value];
  const isListed = Array.isArray(parent) && "kind" in node && /Value$|^Variable$/.test(node.kind);
  return isListed ? [String(parent.indexOf(node) === -1 ? key : parent.indexOf(node))] : [];
}
