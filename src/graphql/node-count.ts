import { MetricsError } from "../errors.js";

/**
 * Counts what one answer has below its lists. Pages stand in items of pages, and a bug fix leads back to its run, so that
 * a short query can ask for more than anybody could read; what there is to count is known only while it is answered.
 */
export class NodeCount {
  #count = 0;

  constructor(private readonly limit: number) {}

  /** @throws MetricsError `QUERY_TOO_COMPLEX` when these are more than an answer may have */
  add<Items extends readonly unknown[]>(items: Items): Items {
    this.#count += items.length;
    if (this.#count <= this.limit) return items;
    throw new MetricsError(
      "QUERY_TOO_COMPLEX",
      `The answer has more than ${this.limit} items in lists below others, which is the limit; ask for shorter pages.`,
    );
  }
}
