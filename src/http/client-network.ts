import { isIPv6 } from "node:net";

/** How much of an IPv6 address names a network, in groups of 16 bits: whoever has one address has a /64 of them. */
const networkGroups = 4;

/** Where a client comes from, as far as it cannot choose: its IPv4 address, or the /64 network of its IPv6 address. */
export function networkOf(address: string): string {
  const [plain = address] = address.split("%"); // a link-local address may name its interface
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain) ?? [];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return address;
  const { hostname } = new URL(`http://[${plain}]`); // spells every address in one way
  const [head = "", tail] = hostname.slice(1, -1).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const missing = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return `${[...before, ...missing, ...after].slice(0, networkGroups).join(":")}::/64`;
}
