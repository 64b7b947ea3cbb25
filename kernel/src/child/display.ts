import { inspect } from 'node:util';
import type { Comparison } from 'imitation-lab/schema';
import type { MimeBundle } from '../outputs.ts';

/** A method of this name, sync or async, returns the MIME bundle a value is displayed with. */
const DISPLAY = Symbol.for('Jupyter.display');

/** As in the library's schema; named here so that the kernel starts without it. */
const PLOTLY_MIME = 'application/vnd.plotly.v1+json';

/** Rows of a table shown, and how deep `inspect` looks into objects. */
const TABLE_ROWS = 100;
const INSPECT_DEPTH = 4;

/**
 * Makes the representations of a value: those of its own `Symbol.for('Jupyter.display')`, else those of its shape
 * (table, figure, comparison, image), else its inspection. There is always a `text/plain`.
 */
export async function toMimeBundle(value: unknown): Promise<MimeBundle> {
  const bundle = (await ownBundle(value)) ?? (await bundleOfShape(value)) ?? {};
  return 'text/plain' in bundle ? bundle : { ...bundle, 'text/plain': plain(value) };
}

function plain(value: unknown): string {
  return inspect(value, { depth: INSPECT_DEPTH });
}

async function ownBundle(value: unknown): Promise<MimeBundle | undefined> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const display: unknown = Reflect.get(value, DISPLAY);
  if (typeof display !== 'function') return undefined;
  const bundle: unknown = await display.call(value);
  if (typeof bundle === 'object' && bundle !== null) return bundle as MimeBundle;
  throw new TypeError(
    `Cannot display a value: its Symbol.for('Jupyter.display') must return a MIME bundle, it returned ${inspect(bundle)}`,
  );
}

async function bundleOfShape(value: unknown): Promise<MimeBundle | undefined> {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Uint8Array) return imageBundle(value);
  if (isTable(value))
    return {
      'text/html': value.toHTML({ limit: TABLE_ROWS }),
      'text/plain': value.toMarkdown({ limit: TABLE_ROWS }),
    };
  const fields = value as Record<string, unknown>;
  if (isFigure(fields))
    return {
      [PLOTLY_MIME]: value,
      'text/plain': `Plotly figure of ${fields.data.length} ${fields.data.length === 1 ? 'trace' : 'traces'}`,
    };
  if (fields.version === 1 && Array.isArray(fields.answers) && Array.isArray(fields.items))
    return bundleOfComparison(value);
  return undefined;
}

/** An arquero table. */
interface Table {
  toHTML(options: { limit: number }): string;
  toMarkdown(options: { limit: number }): string;
}

function isTable(value: object): value is Table {
  return (
    'toHTML' in value &&
    typeof value.toHTML === 'function' &&
    'toMarkdown' in value &&
    typeof value.toMarkdown === 'function'
  );
}

function isFigure(value: Record<string, unknown>): value is { data: object[]; layout: object } {
  const { data, layout } = value;
  return (
    Array.isArray(data) &&
    data.every(trace => typeof trace === 'object' && trace !== null) &&
    typeof layout === 'object' &&
    layout !== null
  );
}

/** Represents a comparison by a library that is loaded only then: the kernel starts without it. */
async function bundleOfComparison(value: object): Promise<MimeBundle> {
  const { comparisonBundle } = await import('imitation-lab/compare');
  return { ...comparisonBundle(value as Comparison) };
}

function imageBundle(bytes: Uint8Array): MimeBundle | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const base64 = (type: string): MimeBundle => ({
    [type]: view.toString('base64'),
    'text/plain': `${type}, ${bytes.length} bytes`,
  });
  if (view.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
    return base64('image/png');
  if (view.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return base64('image/jpeg');
  const start = view.subarray(0, 256).toString('utf8').trimStart();
  if (/^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<svg[\s/>]/s.test(start))
    return { 'image/svg+xml': view.toString('utf8'), 'text/plain': `image/svg+xml, ${bytes.length} bytes` };
  return undefined;
}
