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
    let hasFailed = false; // from outside: the driver told of a connection that ended while nothing was asked
    const fail = (error: unknown) => {
      hasFailed = true;
      reject(error);
    };
    const watch: Watch = async (inside) => {
      try {
        const result = await inside;
        return hasFailed ? never() : result;
      } catch (error) {
        if (!hasFailed && !isConnectionLost(error)) throw error;
        fail(error);
        return never();
      }
    };
    transaction(watch).then(resolve, fail);
  });
}

const never = () => new Promise<never>(() => {});
