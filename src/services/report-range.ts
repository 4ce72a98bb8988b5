import type { Range } from "../domain/report.js";
import { badUserInput, type FieldError } from "../errors.js";
import { isTimeZone } from "../store/time-zone.repository.js";
import type { UnitOfWork } from "./unit-of-work.js";

/** @throws MetricsError `BAD_USER_INPUT` when anything is wrong */
export function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw badUserInput(errors);
}

/** What is wrong with a range whose first instant stands at `path`. */
export function wrongOrder({ from, to }: Range, path = "from"): readonly FieldError[] {
  if (from === null || from < to) return [];
  return [{ path, message: `must be before \`to\`, which is ${to.toISOString()}` }];
}

/** What is wrong with a time zone. */
export async function wrongTimeZone({ db }: UnitOfWork, name: string): Promise<readonly FieldError[]> {
  if (await isTimeZone(db, name)) return [];
  return [{ path: "timeZone", message: "must be the name of a time zone, such as Europe/Berlin or UTC" }];
}
