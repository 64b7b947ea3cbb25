/** Splits a text into the words by which length is counted: runs of anything but white space. */
export function splitWords(text: string): string[] {
  return text.match(/\S+/g) ?? [];
}
