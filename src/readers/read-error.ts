/** Description of a text that could not be read. */
export interface ReadProblem {
  /** Place of the offending text: `answers.jsonl:17`, `outputs.json[3]` or a file's name. */
  at: string;
  /** Requirement at that place. */
  required: string;
  /** Value found instead. */
  found: string;
}

/** A file that cannot be read: its message says where, what is required and what was found. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly at: string;
  readonly required: string;
  readonly found: string;

  constructor({ at, required, found }: ReadProblem) {
    super(`Cannot read ${at}: ${required} is required, found ${found}`);
    this.at = at;
    this.required = required;
    this.found = found;
  }
}

/** Longest piece of a file that an error message repeats, in UTF-16 code units. */
const SHOWN = 80;

/** Formats a value for an error message: its JSON, or the beginning of it. */
export function shown(value: unknown): string {
  const json = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const brief = json.length > SHOWN ? `${json.slice(0, SHOWN)}…` : json;
  return typeof value === 'string' ? `"${brief}"` : brief;
}
