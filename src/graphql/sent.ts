import type { Operation } from "../operations/operation.js";

/** A value as clients may send it: a field that may be absent may be null as well. */
type SentValue<Value> = Value extends readonly (infer Item)[]
  ? readonly Item[]
  : Value extends Date
    ? Value
    : Value extends object
      ? { readonly [Name in keyof Required<Value>]: SentValue<Value[Name]> | null | undefined }
      : Value;

/**
 * What a GraphQL input has to offer for an operation: every field of its command. An input class that implements
 * it stops compiling when the operation learns a new field.
 */
export type Sent<Of> = Of extends Operation<infer Command, unknown> ? SentValue<Command> : never;
