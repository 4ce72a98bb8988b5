import DataLoader from "dataloader";

/** One loader for each way to ask the same question of many ids; the ids of each are asked about at once. */
export class Loaders<Arguments, Value> {
  readonly #loaders = new Map<string, DataLoader<string, Value>>();

  constructor(
    private readonly ask: (asked: Arguments, ids: readonly string[]) => Promise<readonly Value[]>,
  ) {}

  /** The loader that asks with these arguments. */
  with(asked: Arguments): DataLoader<string, Value> {
    const key = JSON.stringify(asked);
    const known = this.#loaders.get(key);
    if (known !== undefined) return known;
    const loader = new DataLoader<string, Value>((ids) => this.ask(asked, ids));
    this.#loaders.set(key, loader);
    return loader;
  }

  /** Forgets every answer. */
  clearAll(): void {
    this.#loaders.clear();
  }
}
