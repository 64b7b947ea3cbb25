import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Comparison, comparisonSchema } from 'imitation-lab/schema';

let validator: ValidateFunction<Comparison> | undefined;

/**
 * Checks that `data`, as it arrived in a MIME bundle or a file, is a comparison.
 *
 * @throws {TypeError} if it does not follow {@link comparisonSchema}; the message names the first place that does
 *   not, what is required there and what was found.
 */
export function parseComparison(data: unknown): Comparison {
  // Compiled on first use: a notebook without a comparison pays nothing.
  validator ??= new Ajv2020({ verbose: true }).compile<Comparison>(comparisonSchema);
  if (validator(data)) return data;
  const [error] = validator.errors ?? [];
  throw new TypeError(
    `Cannot show this comparison: ${error ? describe(error) : 'it does not follow the schema'}`,
  );
}

/** `items[3].answers.vicuna.text must be string, it is null`. */
function describe(error: ErrorObject): string {
  const place = error.instancePath
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step), '');
  const allowed =
    error.params.allowedValues ?? (error.keyword === 'const' ? [error.params.allowedValue] : null);
  const required = allowed ? `must be one of ${JSON.stringify(allowed)}` : error.message;
  const found = error.keyword === 'required' ? '' : `, it is ${abbreviate(error.data)}`;
  return `${place || 'the data'} ${required}${found}`;
}

function abbreviate(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
