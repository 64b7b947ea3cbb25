/** What could not be read, and where. */
export interface ReadProblem {
  /** Where the offending text stands: `answers.jsonl:17`, `outputs.json[3]` or a file's name. */
  at: string;
  /** What is required there. */
  required: string;
  /** What stands there instead. */
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

/** A value as an error message shows it: its JSON, or the beginning of it. */
export function shown(value: unknown): string {
  const json = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const brief = json.length > SHOWN ? `${json.slice(0, SHOWN)}…` : json;
  return typeof value === 'string' ? `"${brief}"` : brief;
}
