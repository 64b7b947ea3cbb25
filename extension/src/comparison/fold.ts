/**
 * Lower case of `text`, one UTF-16 code unit for one, so that an offset into either is an offset into both.
 * Letters whose lower case is longer (`İ`) stay as they are.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, letter => {
    const folded = letter.toLowerCase();
    return folded.length === letter.length ? folded : letter;
  }).join('');
}
