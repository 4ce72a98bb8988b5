/** Something that whoever called must put right: an option, a variable, a key or a value. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
