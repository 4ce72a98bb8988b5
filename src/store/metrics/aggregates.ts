import { type SQL, sql } from "drizzle-orm";

/** What can be said of many facts together. */
export interface Aggregates {
  /** How many there are, or of how many a condition holds. */
  count(condition?: SQL): SQL;
  /** Null without a value. */
  sum(value: SQL): SQL;
  min(value: SQL): SQL;
  max(value: SQL): SQL;
  /** An aggregate that cannot be made of those of parts, such as a percentile or a count of what is different. */
  whole(aggregate: SQL): SQL;
}

/** A formula over them. */
export type Formula = (of: Aggregates) => SQL;

/** What an aggregate of all facts is, made of those of groups. */
type Merge = (part: SQL) => SQL;

const aggregatesBy = (column: (aggregate: SQL, merge?: Merge) => SQL): Aggregates => ({
  count: (condition) =>
    column(
      condition ? sql`count(*) filter (where ${condition})` : sql`count(*)`,
      (part) => sql`coalesce(sum(${part}), 0)`,
    ),
  sum: (value) => column(sql`sum(${value})`, (part) => sql`sum(${part})`),
  min: (value) => column(sql`min(${value})`, (part) => sql`min(${part})`),
  max: (value) => column(sql`max(${value})`, (part) => sql`max(${part})`),
  whole: (aggregate) => column(aggregate),
});

/**
 * Writes formulas over columns of groups of facts, and keeps what the columns hold. Everything is made of the groups
 * where it can be: asked for groups and everything at once, PostgreSQL reads with one process and not with several.
 */
export class GroupColumns {
  readonly #parts: SQL[] = [];
  readonly #wholes: SQL[] = [];

  /** What is computed for each group. */
  get ofGroups(): readonly SQL[] {
    return this.#parts;
  }

  /** What is computed once more for all facts, as the row `wholes`. */
  get ofAll(): readonly SQL[] {
    return this.#wholes;
  }

  /** A formula for one group, and for everything. */
  write(formula: Formula): { readonly ofGroup: SQL; readonly ofAll: SQL } {
    let next = this.#parts.length;
    const ofGroup = formula(
      aggregatesBy((aggregate, merge) => {
        const name = nameOf(this.#parts.length);
        const column = sql`${aggregate} as ${name}`;
        this.#parts.push(column);
        if (merge === undefined) this.#wholes.push(column);
        return name;
      }),
    );
    const ofAll = formula(
      aggregatesBy((_aggregate, merge) => {
        const name = nameOf(next);
        next += 1;
        return merge?.(name) ?? sql`(select ${name} from wholes)`;
      }),
    );
    return { ofGroup, ofAll };
  }
}

const nameOf = (place: number) => sql.raw(`part${place}`);
