const PREFIX = '#prompt=';

/** Returns the prompt that a link's fragment names, such as `#prompt=7%2Fbroad-3`; null where it names none. */
export function linkedPrompt(fragment: string): string | null {
  if (!fragment.startsWith(PREFIX)) return null;
  const id = fragment.slice(PREFIX.length);
  try {
    return decodeURIComponent(id);
  } catch {
    // Whoever wrote the link by hand may have left a % as it is.
    return id;
  }
}
