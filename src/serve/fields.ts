import { badField } from './api-error.ts';

/** The JSON of a request, whose fields are read one by one. A field that is null counts as left out. */
export type Body = Readonly<Record<string, unknown>>;

/** @throws {ApiError} naming the field, if it is there and no number that is allowed. */
export function numberField(
  body: Body,
  name: string,
  range: { least: number; most: number; above?: boolean; integer?: boolean },
): number | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  const { least, most, above = false, integer = false } = range;
  const fits = typeof value === 'number' && (above ? value > least : value >= least) && value <= most;
  if (fits && (!integer || Number.isInteger(value))) return value;
  const kind = integer ? 'an integer' : 'a number';
  const from = most === Infinity ? `of at least ${least}` : `${above ? 'above' : 'from'} ${least} to ${most}`;
  throw badField(name, `${name} must be ${kind} ${from}, found ${shown(value)}`);
}

/** @throws {ApiError} naming the field, if it is there and neither true nor false. */
export function booleanField(body: Body, name: string): boolean | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw badField(name, `${name} must be true or false, found ${shown(value)}`);
}

/** @throws {ApiError} naming the field, if it is there and neither a text nor a list of texts. */
export function stopField(body: Body): readonly string[] {
  const stop = [body.stop ?? []].flat();
  if (stop.every(text => typeof text === 'string' && text !== '')) return stop as string[];
  throw badField(
    'stop',
    `stop must be a text or a list of texts that are not empty, found ${shown(body.stop)}`,
  );
}

/** @throws {ApiError} naming the first field that is not among these, or has a value that is not supported. */
export function requireKnown(
  body: Body,
  known: readonly string[],
  neutral: Readonly<Record<string, readonly unknown[]>>,
): void {
  for (const [name, value] of Object.entries(body)) {
    if (known.includes(name) || value === null) continue;
    const allowed = neutral[name];
    if (!allowed) throw badField(name, `Unrecognized field: ${name}`, 'unknown_parameter');
    if (allowed.some(neutral => JSON.stringify(neutral) === JSON.stringify(value))) continue;
    throw badField(
      name,
      `${name} is not supported: it must be left out or ${allowed.map(shown).join(' or ')}, found ${shown(value)}`,
      'unsupported_parameter',
    );
  }
}

/** Formats a value for errors, cut where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
