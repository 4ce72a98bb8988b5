import { sql } from "drizzle-orm";
import { check, customType, pgTable, uuid, varchar } from "drizzle-orm/pg-core";
import { roles } from "../vocabulary.js";
import { instant } from "./columns.js";
import { literals } from "./words.sql.js";

const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** Who may come in; of a key only its SHA-256 is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid("id").primaryKey(),
    name: varchar("name").notNull(),
    role: varchar("role", { enum: roles }).notNull(),
    digest: bytes("digest").notNull().unique("api_keys_digest_unique"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [check("api_keys_role_known", sql`${table.role} in (${literals(roles)})`)],
);
