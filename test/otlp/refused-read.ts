import type { MetricsError } from "../../src/errors.js";

/** The error with which something refuses to be read. */
export function refusal(read: () => unknown): Pick<MetricsError, "code" | "status" | "message"> {
  try {
    read();
  } catch (error) {
    const { code, status, message } = error as MetricsError;
    return { code, status, message };
  }
  throw new Error("nothing was refused");
}
