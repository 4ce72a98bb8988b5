/** One of the PostgreSQL servers that a URL names. */
export interface DatabaseServer {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  /** The URL with this server alone, and without what says which server to choose. */
  readonly url: string;
}

const usualHost = "localhost";
const usualPort = 5432;
const urlParts = /^(postgres(?:ql)?:\/\/)((?:[^/?#]*@)?)([^/?#@]*)(.*)$/s;
const hostAndPort = /^(\[[0-9a-f:.]+\]|[^:[\]]*)(?::(\d{1,5}))?$/i;

/**
 * The servers of `postgres://user:password@a:5432,b:5432/database`, in their order; undefined when the text is no such
 * URL. Which of them is the primary is found out by asking.
 */
export function parseDatabaseUrl(text: string): readonly DatabaseServer[] | undefined {
  const [, scheme, user, hosts = "", rest = ""] = urlParts.exec(text) ?? [];
  if (scheme === undefined || (hosts === "" && rest.length < 2)) return undefined;
  const servers = hosts.split(",").map((part) => {
    const [, host, port = usualPort] = hostAndPort.exec(part) ?? [];
    const url = `${scheme}${user}${part}${withoutChoice(rest)}`;
    if (host === undefined || Number(port) > 65_535 || !URL.canParse(url)) return undefined;
    const name = decodeURIComponent(host.replace(/^\[|\]$/g, "")) || usualHost;
    return { host: name, port: Number(port), url };
  });
  return servers.every((server) => server !== undefined) ? servers : undefined;
}

/** The path and query of a URL without `target_session_attrs`: whatever it says, only the primary takes writes. */
function withoutChoice(rest: string): string {
  const [path = "", query] = rest.split("?", 2);
  const kept = (query ?? "").split("&").filter((pair) => !/^target_session_attrs=/i.test(pair));
  return query === undefined || kept.join("") === "" ? path : `${path}?${kept.join("&")}`;
}
