/** What would be right, for the message of a refusal. */
export const uuidRule = "must be a UUID, such as 550e8400-e29b-41d4-a716-446655440001";

const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The UUID (RFC 9562, any version) in lower case; undefined when `text` is none. */
export function parseUuid(text: string): string | undefined {
  return pattern.test(text) ? text.toLowerCase() : undefined;
}
