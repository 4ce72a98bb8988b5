/** What failed in the end; the messages around it hold statements, and the rows in them. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  return error.message || String("code" in error ? error.code : error.name);
}
