import { isConnectionLost } from "./failure.js";

/** Watches what goes on inside a transaction. */
type Watch = <T>(inside: Promise<T>) => Promise<T>;

/**
 * Runs a transaction that ends at once when its connection is lost. There is nothing left to roll back then, and
 * postgres.js must not try: it would write to the closed socket and take the process down (its issues 1066, 1154
 * and 1208). So what is watched inside the transaction never ends, and the transaction fails without it.
 */
export function endingWhenLost<T>(transaction: (watch: Watch) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const watch: Watch = async (inside) => {
      try {
        return await inside;
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        reject(error);
        return new Promise<never>(() => {});
      }
    };
    transaction(watch).then(resolve, reject);
  });
}
