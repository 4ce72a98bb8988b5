import { isConnectionLost } from "./failure.js";

/**
 * What goes on inside a transaction. When its connection is lost, there is nothing left to roll back, and
 * postgres.js must not try: it would write to the closed socket and take the process down (its issues 1066, 1154
 * and 1208). So the inside never ends; the driver itself ends the transaction with the error of the connection.
 */
export async function unlessLost<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isConnectionLost(error)) return new Promise<never>(() => {});
    throw error;
  }
}
