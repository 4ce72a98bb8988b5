/**
 * Whether a client would rather read plain text than JSON, by its `Accept` (RFC 9110, section 12.5.1). Who weighs both the
 * same is sent JSON, as is who takes neither.
 */
export const prefersText = (accept: string | undefined): boolean =>
  accept !== undefined && weightOf("text/plain", accept) > weightOf("application/json", accept);

/** From 0 to 1, by the range that names the type most closely; 0 where none does. */
function weightOf(type: string, accept: string): number {
  const [main = ""] = type.split("/");
  const closest = [type, `${main}/*`, "*/*"];
  const found = rangesOf(accept)
    .filter(({ range }) => closest.includes(range))
    .sort((one, other) => closest.indexOf(one.range) - closest.indexOf(other.range));
  return found[0]?.weight ?? 0;
}

function rangesOf(accept: string) {
  return accept.split(",").map((part) => {
    const [range = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    return { range, weight: /^[01](\.\d{0,3})?$/.test(quality) ? Math.min(Number(quality), 1) : 0 };
  });
}
