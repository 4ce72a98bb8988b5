/** Not text, but a signature of files; the embedded engine reads a value that begins with it without it. */
const byteOrderMark = "\ufeff";

/**
 * What keeps a text from being stored exactly as sent by every engine; empty when nothing does.
 * @param maxLength in code points, as is `minLength`
 */
export function textFaults(text: string, minLength: number, maxLength: number): readonly string[] {
  const faults = [
    text.includes("\0") && "must not contain the NUL character",
    !text.isWellFormed() && "must be well-formed Unicode, without lone surrogates",
    text.startsWith(byteOrderMark) && "must not begin with a byte order mark (U+FEFF)",
    text.length < minLength && "must not be empty",
    text.length > maxLength && [...text].length > maxLength && `must have at most ${maxLength} characters`,
  ];
  return faults.filter((fault) => fault !== false);
}
