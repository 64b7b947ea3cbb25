import type { OptionSchema, RegisteredBenchmark } from '../../evaluate/index.ts';
import type { Option, Options } from '../declare/property.ts';

/**
 * Declares the options of benchmarks, each once. One that several benchmarks have allows what any of them does; the
 * benchmark that is asked for checks it by its own schema.
 */
export function benchmarkOptions(benchmarks: readonly RegisteredBenchmark[]): Options {
  const names = [...new Set(benchmarks.flatMap(({ options }) => Object.keys(options)))];
  return Object.fromEntries(names.map(name => [name, optionOf(name, benchmarks)]));
}

function optionOf(name: string, benchmarks: readonly RegisteredBenchmark[]): Option {
  const owners = benchmarks.flatMap(({ name: benchmark, options }) => {
    const schema = options[name];
    return schema ? [{ benchmark, schema }] : [];
  });
  const help = owners.map(({ benchmark, schema }) => ({
    benchmark,
    text: schema.description + facts(schema, owners.length > 1),
  }));
  const description = help.map(({ benchmark, text }) => `${benchmark}: ${text}`).join('; ');
  const [first, ...others] = owners.map(({ schema }) => schema);
  const { default: _, description: __, ...rules } = first ?? { type: 'string' as const, description: '' };
  const least = owners.map(({ schema }) => leastOf(schema));
  const shared = others.length === 0 ? rules : { type: rules.type, minimum: Math.min(...least) };
  return { ...shared, group: 'Benchmark:', description };
}

/** Describes the default of an option in brackets, and its choices where it shares a flag with others. */
function facts({ enum: choices, default: otherwise }: OptionSchema, isShared: boolean): string {
  const parts = [];
  if (choices && isShared) parts.push(choices.join(' or '));
  if (otherwise !== undefined) parts.push(`default: ${otherwise}`);
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

function leastOf({ enum: choices = [], minimum = Number.NEGATIVE_INFINITY }: OptionSchema): number {
  const numbers = choices.filter(choice => typeof choice === 'number');
  return numbers.length > 0 ? Math.min(...numbers) : minimum;
}
