import { isDeepStrictEqual } from "node:util";
import type { Settings } from "../settings.js";

/** What a setup is made from. */
export interface SetupFrame {
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** How `wsm` is called where nothing is on the search path: a program and its first arguments. */
  readonly self: readonly string[];
}

/** A value that is set, and what stood there before; undefined for nothing. */
export interface SetValue {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** What becomes of a file. */
export interface Change {
  readonly text: string;
  readonly values: readonly SetValue[];
}

/** A tool whose own settings can be changed so that it reports by itself. */
export interface ToolSetup {
  readonly name: "claude-code" | "codex" | "gemini";
  /** The file of the user's own settings. */
  file(frame: SetupFrame): string;
  /** @throws UsageError when the file cannot be changed safely, saying what to do by hand */
  change(text: string | undefined, frame: SetupFrame): Change;
  /**
   * Takes back what was set.
   * @returns the text, and what stays because it was changed since
   */
  undo(
    text: string,
    values: readonly SetValue[],
  ): { readonly text: string; readonly kept: readonly string[] };
  /** Whether a helper gives the key when it is needed, from a file that only its owner reads. */
  readonly hasKeyHelper: boolean;
  /** What else there is to know or to do, in words. */
  notes(frame: SetupFrame): readonly string[];
}

/** Whether a value is still what was set. */
export const isStill = (value: unknown, { after }: SetValue): boolean => isDeepStrictEqual(value, after);
