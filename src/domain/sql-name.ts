/** A plain name as SQL reads it, or any name in double quotes; a quote inside stands twice. */
const name = String.raw`[A-Za-z_][\w$]*|"(?:[^"]|"")+"`;

const tableName = new RegExp(String.raw`^\s*(${name})\.(${name})\s*$`);
const assignment = new RegExp(String.raw`\s*(\w+)\s*=\s*(${name})\s*(?:,|$)`, "y");

/** A table or view, and the schema it stands in. */
export interface TableName {
  readonly schema: string;
  readonly table: string;
}

/** The table that a text such as `public.llm_run` names; undefined when it names none. */
export function parseTableName(text: string): TableName | undefined {
  const [, schema, table] = tableName.exec(text) ?? [];
  return schema === undefined || table === undefined
    ? undefined
    : { schema: nameIn(schema), table: nameIn(table) };
}

/** The pairs of a text such as `cost_usd=cost, phase="Phase"`, in order; undefined when it is no list of pairs. */
export function parseAssignments(
  text: string,
): readonly (readonly [field: string, column: string])[] | undefined {
  const pairs: [string, string][] = [];
  assignment.lastIndex = 0;
  while (assignment.lastIndex < text.length) {
    const [, field, column] = assignment.exec(text) ?? [];
    if (field === undefined || column === undefined) return undefined;
    pairs.push([field, nameIn(column)]);
  }
  return pairs;
}

/** A name as SQL wants it spelled: in quotes when it would be read as another without them. */
export function spellName(text: string): string {
  return /^[a-z_][a-z\d_$]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

export function spellTable({ schema, table }: TableName): string {
  return `${spellName(schema)}.${spellName(table)}`;
}

function nameIn(spelled: string): string {
  return spelled.startsWith('"') ? spelled.slice(1, -1).replaceAll('""', '"') : spelled.toLowerCase();
}
