/** Converts a code-point offset, as Jupyter's cursors count, to UTF-16. */
export function codePointsToUtf16(text: string, offset: number): number {
  let utf16 = 0;
  for (let n = 0; n < offset && utf16 < text.length; n++)
    utf16 += (text.codePointAt(utf16) ?? 0) > 0xffff ? 2 : 1;
  return utf16;
}

/** Converts a UTF-16 offset to a code-point offset. */
export function utf16ToCodePoints(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}
