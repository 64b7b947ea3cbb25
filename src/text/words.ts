/** The text's words as length is counted in: runs of anything but white space. */
export function words(text: string): string[] {
  return text.match(/\S+/g) ?? [];
}
