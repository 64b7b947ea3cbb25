/** A message that cannot be read: the rule that it breaks, and the value, for a reader to name the place. */
export class MessageError extends Error {
  readonly required: string;
  readonly found: string;

  constructor(required: string, found: unknown) {
    const text = JSON.stringify(found) ?? 'nothing';
    const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
    super(`${required} is required, found ${shown}`);
    this.required = required;
    this.found = shown;
  }
}
