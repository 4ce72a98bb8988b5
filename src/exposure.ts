import type { Logger } from "pino";
import type { Config } from "./config.js";
import { ConfigError } from "./errors.js";
import type { Keyring } from "./services/keyring.js";

const loopbackHosts: readonly string[] = ["127.0.0.1", "localhost", "::1"];

/**
 * Makes sure that no other machine reaches a server without keys, unless that was asked for in so many words: whoever
 * reaches it may read and write everything.
 * @throws ConfigError when other machines would
 */
export async function requireKeysBeyondLoopback(
  { host, insecureNoAuth }: Pick<Config, "host" | "insecureNoAuth">,
  keyring: Keyring,
): Promise<void> {
  if (insecureNoAuth || loopbackHosts.includes(host) || (await keyring.isLocked())) return;
  throw new ConfigError(
    `HOST: ${host} is reachable from other machines and nothing asks callers for a key; make one with: npm run keys -- create, or listen on 127.0.0.1, or set INSECURE_NO_AUTH=true if the network around it is trusted`,
  );
}

/** Says at every start whether callers are asked for a key, and warns of `INSECURE_NO_AUTH`. */
export function announceExposure(
  logger: Logger,
  { insecureNoAuth }: Pick<Config, "insecureNoAuth">,
  isLocked: boolean,
): void {
  if (isLocked) logger.info("Callers are asked for a key.");
  if (!insecureNoAuth) return;
  logger.warn(
    isLocked
      ? "INSECURE_NO_AUTH is set and changes nothing, for there are keys; take it away."
      : "INSECURE_NO_AUTH is set: whoever reaches this address may read and write everything.",
  );
}
