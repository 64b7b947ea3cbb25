/** Returns the text before the first of the stop texts, or undefined if it holds none of them. */
export function cutAtStop(text: string, stop: readonly string[]): string | undefined {
  const starts = stop.map(end => text.indexOf(end)).filter(start => start >= 0);
  return starts.length > 0 ? text.slice(0, Math.min(...starts)) : undefined;
}
