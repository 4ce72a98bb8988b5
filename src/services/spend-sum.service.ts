import type { Database } from "../store/database.js";
import { addUpAnew, takeMarks, takeTurn } from "../store/spend-sum.repository.js";

/**
 * Adds the spending that changed to its sums, in one transaction: at most so many runs, and quarter hours of calls without one.
 * Answers how many it took; none when there are none, or when somebody else is at it.
 */
export async function foldSpending(db: Database, limit: number): Promise<number> {
  if (!(await takeTurn(db))) return 0;
  const marks = await takeMarks(db, limit);
  await addUpAnew(db, marks);
  return marks.length;
}
