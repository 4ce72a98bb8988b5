import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A stretch of network that can be cut and mended. */
export interface TcpProxy {
  /** `url` with this proxy instead of the host and port it names. */
  urlThrough(url: string): string;
  /** Ends every connection, and refuses new ones. */
  cut(): Promise<void>;
  /** Takes connections again. */
  mend(): Promise<void>;
  /** Keeps connections, and takes new ones, but passes nothing on any more. */
  stall(): void;
  close(): Promise<void>;
}

/** A proxy on a port of its own in front of the server that `target` names. */
export async function openTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let isStalled = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = connect(Number(targetPort), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      keep(from);
      from.on("data", (bytes) => {
        if (!isStalled) to.write(bytes);
      });
      from.once("close", () => to.destroy());
    }
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy listens on a port");
  return {
    urlThrough: (url) => {
      const through = new URL(url);
      through.host = `127.0.0.1:${address.port}`;
      return through.href;
    },
    cut,
    mend: async () => {
      isStalled = false;
      await listen(address.port);
    },
    stall: () => {
      isStalled = true;
    },
    close: cut,
  };
}
