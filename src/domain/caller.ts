import type { Role } from "../vocabulary.js";

/** Who asks. */
export interface Caller {
  /** The key it came with; null where none is asked for. */
  readonly keyId: string | null;
  readonly role: Role;
}

/** Whoever reaches a server that has no keys. */
export const anybody: Caller = { keyId: null, role: "admin" };
