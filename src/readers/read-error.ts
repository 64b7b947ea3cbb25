/** Description of a text that could not be read. */
export interface ReadProblem {
  /** Place of the offending text: `answers.jsonl:17`, `outputs.json[3]` or a file's name. */
  at: string;
  /** Requirement at that place. */
  required: string;
  /** Value found instead. */
  found: string;
}

/** A record that is left out, and why. */
export interface SkippedRow {
  /** Place of the record: `answers.jsonl:17` or `outputs.json[3]`. */
  at: string;
  reason: string;
}

/** A file that cannot be read: its message says where, what is required and what was found. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly at: string;
  /** Requirement and what was found instead, as {@link SkippedRow} states them. */
  readonly reason: string;

  /** @param problem what is wrong, or a record that was skipped for it. */
  constructor(problem: ReadProblem | SkippedRow) {
    const reason =
      'reason' in problem ? problem.reason : `${problem.required} is required, found ${problem.found}`;
    super(`Cannot read ${problem.at}: ${reason}`);
    this.at = problem.at;
    this.reason = reason;
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
