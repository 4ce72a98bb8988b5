import type { Operation } from "../operations/operation.js";

/** A value as clients may send it: times as text, and null as well where a field may be absent. */
type SentValue<Value> = Value extends readonly (infer Item)[]
  ? readonly SentValue<Item>[]
  : Value extends Date
    ? string
    : Value extends object
      ? { readonly [Name in keyof Required<Value>]: SentValue<Value[Name]> | null | undefined }
      : Value;

/**
 * What a GraphQL input has to offer for an operation: every field of its command. An input class that implements
 * it stops compiling when the operation learns a new field.
 */
export type Sent<Of> = Of extends Operation<infer Command, unknown> ? SentValue<Command> : never;
