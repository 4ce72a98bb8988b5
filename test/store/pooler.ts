import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

const startup = 8; // bytes of length and protocol before the first parameter
const known: readonly string[] = [
  "user",
  "database",
  "client_encoding",
  "application_name",
  "DateStyle",
  "TimeZone",
];

/** What a pooler such as pgbouncer makes of settings in the start of a connection that it does not know. */
export type Habit = "refuses" | "swallows";

/** A proxy that treats the start of connections as a pooler does, and passes on the rest. */
export async function openPooler({ hostname, port }: URL, habit: Habit) {
  const server = createServer((client) => {
    const upstream = connect(Number(port || 5432), hostname);
    for (const socket of [client, upstream]) socket.on("error", () => {});
    client.once("data", (packet) => {
      const parameters = parametersOf(packet);
      const foreign = parameters.find(([name]) => !known.includes(name));
      if (foreign !== undefined && habit === "refuses") return refuse(client, foreign[0]);
      upstream.write(
        packetOf(
          packet,
          parameters.filter(([name]) => known.includes(name)),
        ),
      );
      client.pipe(upstream).pipe(client);
    });
    client.once("close", () => upstream.destroy());
    upstream.once("close", () => client.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens on a port");
  return { port: address.port, close: () => void server.close() };
}

function parametersOf(packet: Buffer): (readonly [name: string, value: string])[] {
  const words = packet.toString("utf8", startup, packet.length - 2).split("\0");
  return words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? ""] as const] : []));
}

function packetOf(packet: Buffer, parameters: readonly (readonly [string, string])[]): Buffer {
  const text = Buffer.from(`${parameters.flat().join("\0")}\0\0`);
  const head = Buffer.from(packet.subarray(0, startup));
  head.writeUInt32BE(startup + text.length);
  return Buffer.concat([head, text]);
}

function refuse(client: Socket, name: string): void {
  const fields = Buffer.from(`SFATAL\0C08P01\0Munsupported startup parameter: ${name}\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeUInt32BE(fields.length + 4, 1);
  client.end(Buffer.concat([head, fields]));
}
