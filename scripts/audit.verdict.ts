/** What an audit of the dependencies came to. */
export interface Verdict {
  /** Whether something is known against them that must be mended. */
  readonly isBad: boolean;
  readonly sentences: readonly string[];
}

interface Report {
  readonly message?: string;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

const bad: readonly string[] = ["high", "critical"];

/**
 * Reads what `npm audit --json` printed. A registry that does not answer such questions has said nothing against anybody:
 * that is told, and is not the same as an audit that found nothing.
 */
export function verdictOf(printed: string): Verdict {
  const { message, vulnerabilities } = reportIn(printed);
  if (vulnerabilities === undefined) {
    return {
      isBad: false,
      sentences: [
        `NOT AUDITED: the registry did not answer (${message ?? "npm printed no report"}).`,
        "Nothing is known about the dependencies; run npm run audit where the registry answers audits.",
      ],
    };
  }
  const found = Object.entries(vulnerabilities).map(
    ([name, { severity, range }]) => `${severity}: ${name} ${range}`,
  );
  const isBad = Object.values(vulnerabilities).some(({ severity }) => bad.includes(severity));
  return {
    isBad,
    sentences: found.length === 0 ? ["Audited: nothing is known against any of them."] : found,
  };
}

function reportIn(printed: string): Report {
  try {
    return JSON.parse(printed) as Report; // npm's own words
  } catch {
    return {};
  }
}
