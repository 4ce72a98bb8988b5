/** All that a command sees of the process it runs in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder it was called in. */
  readonly folder: string;
  /** The home folder of who called it. */
  readonly home: string;
  /** Standard output, for results only. */
  readonly out: Stream;
  /** Standard error, for words. */
  readonly err: Stream;
  readonly in: NodeJS.ReadStream;
  readonly now: () => Date;
}

/** Where text is written to. */
export interface Stream {
  write(text: string): void;
  readonly isTTY: boolean;
  /** How many characters fit in a line; undefined where nobody knows. */
  readonly columns: number | undefined;
}
