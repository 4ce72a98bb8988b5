/**
 * What nobody sees: control characters, those that turn the direction of text around, separators of lines, and tags, which
 * spell hidden text anywhere but in the flag of a region. Not among them: tab, line feed, carriage return, and what keeps
 * letters of some scripts apart or joins the parts of an emoji.
 */
const unseen =
  /((?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,6})[\u{e0020}-\u{e007f}]|(?![\t\n\r\u200c-\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])/u;

/** Text in pieces; a piece that would change how the others are read without being seen has its code instead. */
function piecesOf(text: string): readonly { readonly text: string; readonly isCode: boolean }[] {
  return text.split(unseen).map((piece, index) => {
    const isCode = index % 2 === 1; // every second piece is a separator
    const code = piece.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
    return { text: isCode ? `U+${code}` : piece, isCode };
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
