import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A stretch of network between two programs, and what can be wrong with it. */
export class FaultProxy {
  /** Nothing gets through, and nobody is told. */
  isStalled = false;
  /** Whoever connects is hung up on at once. */
  hangsUp = false;
  /** How long everything takes longer, each way, in milliseconds. */
  latencyMs = 0;
  /** How much gets through at most, each way of each connection; everything when it is undefined. */
  bytesPerSecond: number | undefined;
  /** Whether the answer to these bytes is dropped, and the connection with it. */
  losesAnswerTo: (bytes: Buffer) => boolean = () => false;
  /** Whether the connection is reset in the middle of these bytes of an answer. */
  breaksOff: (bytes: Buffer) => boolean = () => false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** What arrived while nothing got through. */
  readonly #heldUp: (() => unknown)[] = [];
  readonly #targetPort: number;
  port = 0;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer((client) => this.#serve(client));
  }

  /** A proxy on a port of its own. */
  static async open(targetPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort);
    await proxy.#listen(0);
    const address = proxy.#server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy listens on a port");
    proxy.port = address.port;
    return proxy;
  }

  /** Resets every connection, and refuses new ones. */
  async cut(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  /** Everything is as it should be again; what was held up goes on. */
  async mend(): Promise<void> {
    this.isStalled = false;
    this.hangsUp = false;
    this.latencyMs = 0;
    this.bytesPerSecond = undefined;
    this.losesAnswerTo = () => false;
    this.breaksOff = () => false;
    for (const forward of this.#heldUp.splice(0)) forward();
    for (const socket of this.#sockets) socket.resume();
    await this.mendConnections();
  }

  /** Takes connections again; whatever else is wrong stays. */
  async mendConnections(): Promise<void> {
    if (!this.#server.listening) await this.#listen(this.port);
  }

  async #listen(port: number): Promise<void> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  #serve(client: Socket): void {
    this.#keep(client);
    if (this.hangsUp) {
      client.resume().end();
      return;
    }
    const upstream = connect(this.#targetPort, "127.0.0.1");
    this.#keep(upstream);
    let isDoomed = false;
    const reset = () => {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    this.#pass(client, upstream, (bytes) => {
      isDoomed ||= this.losesAnswerTo(bytes);
      return bytes;
    });
    this.#pass(upstream, client, (bytes) => {
      if (isDoomed) reset();
      if (!this.breaksOff(bytes)) return bytes;
      setImmediate(reset);
      return bytes.subarray(0, bytes.length / 2);
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {}).once("close", () => this.#sockets.delete(socket));
  }

  #pass(from: Socket, to: Socket, change: (bytes: Buffer) => Buffer): void {
    from.on("data", (bytes) => {
      const changed = change(bytes);
      const forward = () => to.writable && to.write(changed);
      if (this.isStalled) {
        from.pause();
        this.#heldUp.push(forward);
        return;
      }
      if (this.latencyMs === 0) forward();
      else setTimeout(forward, this.latencyMs);
      if (this.bytesPerSecond !== undefined) this.#hold(from, bytes.length / this.bytesPerSecond);
    });
    from.once("close", () => to.destroy());
  }

  /** Takes nothing more from a connection for so many seconds. */
  #hold(from: Socket, seconds: number): void {
    from.pause();
    setTimeout(() => this.isStalled || from.resume(), seconds * 1_000);
  }
}
