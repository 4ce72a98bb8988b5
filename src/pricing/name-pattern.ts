/** A name as names are compared: capitals and the space around it make no difference. */
export const normalized = (name: string): string => name.trim().toLowerCase();

/** Whether a name fits a pattern, in which each `*` stands for any characters, also none. */
export function fits(pattern: string, name: string): boolean {
  const [head = "", ...parts] = pattern.split("*");
  const tail = parts.pop();
  if (tail === undefined) return name === pattern;
  if (!name.startsWith(head)) return false;
  let end = head.length;
  for (const part of parts) {
    const start = name.indexOf(part, end);
    if (start < 0) return false;
    end = start + part.length;
  }
  return name.endsWith(tail) && name.length - tail.length >= end;
}
