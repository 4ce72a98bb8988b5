import type { Role } from "../vocabulary.js";

/** Who reports. */
export const reporters: readonly Role[] = ["ingest", "admin"];
/** Who asks. */
export const readers: readonly Role[] = ["read", "admin"];
/** What a reporter may read of what it reports: a single execution by its id. */
export const reportersAndReaders: readonly Role[] = ["ingest", "read", "admin"];
