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
  /** Whether standard input is a terminal. */
  readonly hasTerminal: boolean;
  /** How this program is called where nothing is on the search path: a program and its first arguments. */
  readonly self: readonly string[];
  readonly now: () => Date;
  readonly signals: SignalSource;
  /** Resolves after so many milliseconds, and keeps nothing from ending meanwhile. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Signals that are sent to the process. */
export interface SignalSource {
  /** Has signals handled instead of what they would do; the result ends that. */
  hold(names: readonly NodeJS.Signals[], handle: (signal: NodeJS.Signals) => void): () => void;
}

/** Where text is written to. */
export interface Stream {
  write(text: string): void;
  readonly isTTY: boolean;
  /** How many characters fit in a line; undefined where nobody knows. */
  readonly columns: number | undefined;
}
