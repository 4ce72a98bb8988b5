import { type ClientOptions, createClient, ReportFailure } from "../../client/client.js";

/** What a check found. */
export interface Finding {
  readonly check: string;
  /** `wrong` needs putting right, `warning` may be meant. */
  readonly verdict: "fine" | "warning" | "wrong";
  /** What was found, and what to do about it. */
  readonly says: string;
}

const finding =
  (verdict: Finding["verdict"]) =>
  (check: string, says: string): Finding => ({ check, verdict, says });

export const fine = finding("fine");
export const warning = finding("warning");
export const wrong = finding("wrong");

/** What went wrong with a request, in words. */
export const reasonOf = (error: unknown): string =>
  error instanceof ReportFailure || error instanceof Error ? error.message : String(error);

/** A client that asks once and keeps nothing. */
export const probe = (options: ClientOptions) => createClient({ ...options, retries: 0 });
