import { once } from "node:events";
import { connect, isIP, Socket } from "node:net";
import { connect as encrypt } from "node:tls";
import type { DatabaseServer } from "../../domain/database-url.js";

/** A server that hung up without a word, or does not do what was asked; it is away like one that refuses connections. */
class RefusedError extends Error {
  readonly code = "ECONNREFUSED";
}

/** Asks a PostgreSQL server to go on encrypted (SSLRequest of its protocol). */
const encryptionRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

type Encryption = "none" | "if offered" | "unverified" | "verified";

/** What `sslmode` or `ssl` say in the URL of a server; without either nothing is encrypted. */
function encryptionOf(url: string): Encryption {
  const { searchParams } = new URL(url);
  const mode = searchParams.get("sslmode") ?? searchParams.get("ssl") ?? "disable";
  if (mode === "disable" || mode === "false") return "none";
  if (mode === "allow" || mode === "prefer") return "if offered";
  return mode === "require" ? "unverified" : "verified";
}

/**
 * A connection to a server, encrypted as its URL says. It never fails here, for the driver would lose count of its
 * connections: it fails when the driver listens. postgres.js can encrypt as well, but what it makes of a socket then is
 * out of our reach.
 */
export async function openSocket({ host, port, url }: DatabaseServer, timeoutMs: number): Promise<Socket> {
  const plain = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect({ host, port });
  const encryption = encryptionOf(url);
  if (encryption === "none") return endingAtOnce(plain);
  try {
    return endingAtOnce(await encrypted(plain, host, encryption, AbortSignal.timeout(timeoutMs)));
  } catch (error) {
    plain.on("error", () => {}).destroy();
    return failing(error);
  }
}

async function encrypted(
  plain: Socket,
  host: string,
  encryption: Encryption,
  signal: AbortSignal,
): Promise<Socket> {
  const refuse = () => plain.destroy(hungUp());
  plain.once("end", refuse);
  await once(plain, "connect", { signal });
  plain.write(encryptionRequest);
  const [answer]: Buffer[] = await once(plain, "data", { signal });
  plain.off("end", refuse);
  const isOffered = answer?.toString("latin1") === "S"; // and nothing more, which somebody else could have put there
  if (!isOffered && encryption === "if offered") return plain;
  if (!isOffered) throw new RefusedError("The database server does not encrypt connections.");
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = encrypt({ socket: plain, rejectUnauthorized: encryption === "verified", ...servername });
  await once(socket, "secureConnect", { signal });
  return socket;
}

const hungUp = () => new RefusedError("The server hung up before it said a word.");

function failing(error: unknown): Socket {
  const socket = new Socket();
  setImmediate(() => socket.destroy(error instanceof Error ? error : new Error(String(error))));
  return socket;
}

/**
 * A connection that fails, rather than ends, when the other side hangs up before it said a word: postgres.js would
 * connect again at once, and so on for ever. It is told that a connection is closed as soon as it failed or ended, in
 * the same turn: what it is given until the system says so it would never send, but take the next greeting of a server
 * for the answer to it; a transaction that never began would then go on in the midst of another one.
 */
function endingAtOnce(socket: Socket): Socket {
  const refuse = () => socket.destroy(hungUp());
  const close = () => {
    socket.emit("close", false);
    socket.on("error", () => {}).destroy(); // the driver has let go of it
  };
  const closeAtOnce = () => queueMicrotask(close); // after the driver was told why, before anybody asks for more
  socket.once("end", refuse).once("error", closeAtOnce);
  socket.once("data", () => socket.off("end", refuse).once("end", closeAtOnce));
  return socket;
}
