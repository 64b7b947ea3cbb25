/** The UTF-16 offset of a code-point offset, as Jupyter's cursors count. */
export function codePointsToUtf16(text: string, offset: number): number {
  let utf16 = 0;
  for (let n = 0; n < offset && utf16 < text.length; n++)
    utf16 += (text.codePointAt(utf16) ?? 0) > 0xffff ? 2 : 1;
  return utf16;
}

/** The code-point offset of a UTF-16 offset. */
export function utf16ToCodePoints(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}
