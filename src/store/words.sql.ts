import { type SQL, sql } from "drizzle-orm";
import type { SpendGrain } from "../domain/grain.js";
import type { CallSource, CostSource, PhaseName, PhaseResult, Role, Status } from "../vocabulary.js";

type Word = Status | PhaseName | PhaseResult | CallSource | CostSource | Role | SpendGrain;

/** A pinned word as an SQL literal, checked by the compiler; `literal<Status>("COMPLETED")`. */
export const literal = <Kind extends Word>(word: Kind): SQL => sql.raw(`'${word}'`);

/** Pinned words as the list behind SQL's `in`. */
export const literals = (words: readonly Word[]): SQL => sql.join(words.map(literal), sql`, `);
