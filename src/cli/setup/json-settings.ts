import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { UsageError } from "../usage-error.js";
import { type Change, isStill, type SetValue } from "./setup.js";

/** Values to be set, by their place. */
export type Wanted = readonly { readonly path: readonly string[]; readonly value: unknown }[];

const formattingOptions = { insertSpaces: true, tabSize: 2, eol: "\n" };
const parseOptions = { allowTrailingComma: true };

/**
 * A JSON text, comments and all, in which values are set; everything else stays byte for byte.
 * @throws UsageError with the line and column when it is no JSON
 */
export function withValues(file: string, text: string | undefined, wanted: Wanted): Change {
  const values: SetValue[] = [];
  let changed = text?.trim() ? text : "{}\n";
  const tree = requireObject(file, changed);
  for (const { path } of wanted) requireRoom(file, tree, path);
  for (const { path, value } of wanted) {
    const before = valueAt(changed, path);
    const set: SetValue = { path, before, after: value };
    if (isStill(before, set)) continue;
    values.push(set);
    changed = applyEdits(changed, modify(changed, [...path], value, { formattingOptions }));
  }
  return { text: changed, values };
}

/** Takes values back where they are still what was set, and objects that are empty without them. */
export function withoutValues(text: string, values: readonly SetValue[]) {
  const kept: string[] = [];
  let changed = text;
  for (const set of values.toReversed()) {
    const { path, before } = set;
    if (!isStill(valueAt(changed, path), set)) {
      kept.push(path.join("."));
      continue;
    }
    changed = applyEdits(changed, modify(changed, [...path], before, { formattingOptions }));
    changed = withoutEmpty(changed, path.slice(0, -1));
  }
  return { text: changed, kept };
}

function withoutEmpty(text: string, path: readonly string[]): string {
  const value = valueAt(text, path);
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  if (path.length === 0 || !isEmpty) return text;
  return applyEdits(text, modify(text, [...path], undefined, { formattingOptions }));
}

/** The value at a place; undefined where there is none. */
export function valueAt(text: string, path: readonly string[]): unknown {
  const tree = parseTree(text, [], parseOptions);
  const node = tree && findNodeAtLocation(tree, [...path]);
  return node && getNodeValue(node);
}

/**
 * What is on the way to a value has to be an object, and to stand there once: of two, tools read the last.
 * @throws UsageError naming what is not
 */
function requireRoom(file: string, tree: Node, path: readonly string[]): void {
  let node = tree;
  for (const [depth, name] of path.entries()) {
    const where = path.slice(0, depth).join(".");
    if (node.type !== "object")
      throw new UsageError(`${where} in ${file} is no object; make it one first. Nothing was changed.`);
    const [found, second] = (node.children ?? []).filter(({ children }) => children?.[0]?.value === name);
    const given = found?.children?.[1];
    if (second !== undefined)
      throw new UsageError(
        `${path.slice(0, depth + 1).join(".")} stands in ${file} twice; take one away first. Nothing was changed.`,
      );
    if (given === undefined) return;
    node = given;
  }
}

/** @throws UsageError with the line and column when it is no JSON object */
export function requireObject(file: string, text: string): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, parseOptions);
  const [error] = errors;
  if (error !== undefined) {
    const before = text.slice(0, error.offset).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new UsageError(
      `${file} is no JSON (${printParseErrorCode(error.error)} at ${place}); mend it first. Nothing was changed.`,
    );
  }
  if (tree?.type !== "object")
    throw new UsageError(`${file} is no JSON object; mend it first. Nothing was changed.`);
  return tree;
}
