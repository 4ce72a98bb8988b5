import { z } from "zod";

/** RFC 3339, in UTC, with milliseconds. */
export const instant = z.date();
/** A number with at most six decimals. */
export const usd = z.number();
export const count = z.int().min(0);
export const seconds = z.number().min(0);
/** From 0 to 1. */
export const rate = z.number().min(0).max(1);
export const uuid = z.string().meta({ format: "uuid" });
