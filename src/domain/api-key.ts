import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import { type Role, roles } from "../vocabulary.js";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const secretLength = 30;
const checksumLength = 6;

const pattern = new RegExp(
  `^(wsm_(?:${roles.join("|")})_[${base62}]{${secretLength}})([${base62}]{${checksumLength}})$`,
);

/** A key as the product keeps it; the key itself is known to its holder alone. */
export interface ApiKey {
  readonly id: string;
  /** Whose it is, in words. */
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  /** From then on it opens nothing; null for never. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** When it was last used, to the minute or so; null for never. */
  readonly lastUsedAt: Date | null;
}

/** A new key: `wsm_<role>_`, 30 random base-62 digits (178 bits), and 6 that check the rest. */
export function makeKey(role: Role): string {
  const secret = Array.from({ length: secretLength }, () => base62[randomInt(base62.length)]).join("");
  const checked = `wsm_${role}_${secret}`;
  return checked + checksumOf(checked);
}

/** Whether a text has the form of a key and its digits check, so that it may be one. */
export function isKey(text: string): boolean {
  const [, checked, checksum] = pattern.exec(text) ?? [];
  return checked !== undefined && checksumOf(checked) === checksum;
}

/** SHA-256 of a key, which is all that is stored of it. A key is random enough to need no salt. */
export function digestOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/** Whether a key opens anything at an instant. */
export function isLive({ expiresAt, revokedAt }: Pick<ApiKey, "expiresAt" | "revokedAt">, at: Date): boolean {
  return (expiresAt === null || at < expiresAt) && (revokedAt === null || at < revokedAt);
}

/** CRC-32 in base 62: tells a mistyped key from a wrong one without asking the database. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < checksumLength; place += 1) {
    digits = base62.charAt(rest % base62.length) + digits;
    rest = Math.floor(rest / base62.length);
  }
  return digits;
}
