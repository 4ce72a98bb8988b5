/** What nobody sees: control characters, those that turn the direction of text around, separators of lines. */
const unseen = /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}])/u;

/** Tab, line feed, carriage return, and what keeps letters of some scripts apart or joins the parts of an emoji. */
const harmless: readonly number[] = [0x9, 0xa, 0xd, 0x200c, 0x200d];
/** What the flags of regions are made of. */
const isTag = (code: number) => code >= 0xe0020 && code <= 0xe007f;

/** Text in pieces; a piece that would change how the others are read without being seen has its code instead. */
function piecesOf(text: string): readonly { readonly text: string; readonly isCode: boolean }[] {
  return text.split(unseen).map((piece, index) => {
    const code = piece.codePointAt(0) ?? 0;
    const isCode = index % 2 === 1 && !harmless.includes(code) && !isTag(code); // every second one is a separator
    return isCode
      ? { text: `U+${code.toString(16).toUpperCase().padStart(4, "0")}`, isCode }
      : { text: piece, isCode };
  });
}

/** Text from elsewhere where there is room for text only. */
export const told = (text: string): string =>
  piecesOf(text)
    .map((piece) => (piece.isCode ? `[${piece.text}]` : piece.text))
    .join("");

/** Text from elsewhere: whatever its direction, it turns nothing around that stands beside it. */
export function Told({ children: text }: { readonly children: string }) {
  return (
    <bdi>
      {piecesOf(text).map((piece) => (piece.isCode ? <span class="code">{piece.text}</span> : piece.text))}
    </bdi>
  );
}
