import { describe, expect, expectTypeOf, test } from 'vitest';
import { declareEvaluate } from '../../../src/cli/commands/evaluate.ts';
import { command, defineCommand, type InputOf, loadDeclaration } from '../../../src/cli/declare/command.ts';
import type { Option } from '../../../src/cli/declare/property.ts';
import { flagOf } from '../../../src/cli/declare/values.ts';
import { UsageError } from '../../../src/cli/exit.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { GROUPS, COMMANDS as LISTED } from '../../../src/cli/registry.ts';
import { BENCHMARKS, PROMPT_FORMATS, type RegisteredBenchmark } from '../../../src/evaluate/index.ts';

const COMMANDS = await Promise.all(LISTED.map(loadDeclaration));

/** Parses a command line of commands, and does none of their work. */
async function parse(words: readonly string[], commands: typeof LISTED = LISTED): Promise<void> {
  const program = createProgram({ version: '1.2.3', commands, groups: GROUPS, act: async () => {} });
  await program.parseAsync(words, { from: 'user' });
}

/** Returns what a command line prints as help. */
async function helpOf(words: readonly string[], commands: typeof LISTED = LISTED): Promise<string> {
  const program = createProgram({ version: '1.2.3', commands, groups: GROUPS });
  let text = '';
  const collect = (own: typeof program) => {
    own.configureOutput({ writeOut: part => (text += part), getOutHelpWidth: () => 500 });
    for (const inner of own.commands) collect(inner);
  };
  collect(program);
  await program.parseAsync(words, { from: 'user' }).catch(error => {
    if (error.exitCode !== 0) throw error;
  });
  return text;
}

/** Splits a line as a shell does. */
const wordsOf = (line: string) =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

describe.each(COMMANDS.map(each => [each.name, each] as const))('imitation-lab %s', (name, declared) => {
  test('accepts each of its examples', async () => {
    expect(declared.examples.length).toBeGreaterThan(0);
    for (const example of declared.examples) {
      const [program, ...words] = wordsOf(example);
      expect([program, words.slice(0, name.split(' ').length).join(' ')]).toEqual(['imitation-lab', name]);
      await expect(parse(words), example).resolves.toBeUndefined();
    }
  });

  test('explains every argument and option in its help, and in that of help', async () => {
    const help = await helpOf([...name.split(' '), '--help']);
    expect(help).toContain(`Usage: imitation-lab ${name} [options]`);
    expect(help).toContain(`Examples:\n  ${declared.examples[0]}`);
    for (const option of Object.keys(declared.options)) expect(help).toContain(`  ${flagOf(option)}`);
    expect(await helpOf(['help', ...name.split(' ')])).toBe(help);
  });
});

test('every command that shows progress can be quiet', () => {
  const quiet = COMMANDS.filter(({ options }) => options.quiet).map(({ name }) => name);
  const working = [
    'report',
    'fetch',
    'fetch model',
    'data build',
    'data diversity',
    'data leakage',
    'train',
    'generate',
  ];
  const others = ['score', 'convert', 'evaluate', 'judge', 'study run', 'study verify'];
  expect(quiet).toEqual([...working, ...others]);
});

/** Options where 0 is a value that makes sense. */
const ALLOW_ZERO =
  /^(seed|temperature|sampleTemperature|show|port|warmupSteps|dropout|loraDropout|shots|draw|weightDecay|beta[12]|epsilon|limit of data leakage)$/;

/** Options that are no whole numbers. */
const ALLOW_FRACTION =
  /^(temperature|sampleTemperature|topP|timeout|judgeRate|learningRate|epochs|maxGradNorm|dropout|loraAlpha|loraDropout|weightDecay|beta[12]|epsilon|limit of data leakage)$/;

const isNumber = ({ type }: Option) => type === 'integer' || type === 'number';
const NUMERIC = COMMANDS.flatMap(({ name, options }) =>
  Object.entries(options).flatMap(([option, declared]) =>
    isNumber(declared) ? [[name, option] as const] : [],
  ),
);

test.each(NUMERIC)('%s: %s refuses what is no such number', async (name, option) => {
  const flag = flagOf(option);
  const refusal = (text: string) =>
    parse([...name.split(' '), flag, text]).then(
      () => undefined,
      error =>
        error instanceof UsageError && error.message.startsWith(`${flag} must `) ? error.message : undefined,
    );
  const allows = (exceptions: RegExp) => exceptions.test(option) || exceptions.test(`${option} of ${name}`);
  const wrong = ['-1', 'NaN', '', 'abc', 'Infinity', '1,5'];
  if (!allows(ALLOW_ZERO)) wrong.push('0');
  if (!allows(ALLOW_FRACTION)) wrong.push('2.5');
  for (const text of wrong) {
    const got = Number.isFinite(Number(text)) && text !== '' ? text : JSON.stringify(text);
    expect(await refusal(text), `${flag} ${text}`).toMatch(new RegExp(`^${flag} must be .*, got ${got}$`));
  }
});

test('there are numeric options of all kinds of commands', () => {
  expect(NUMERIC.length).toBeGreaterThan(40);
  expect(NUMERIC).toContainEqual(['evaluate', 'limit']);
  expect(NUMERIC).toContainEqual(['train', 'loraRank']);
});

test('a benchmark that is registered by one object is a choice of evaluate, with its options', async () => {
  const capitals: RegisteredBenchmark = {
    ...BENCHMARKS[0],
    name: 'capitals',
    options: {
      shots: { type: 'integer', minimum: 1, default: 2, description: 'capitals that are shown' },
      continent: { type: 'string', enum: ['Asia', 'Europe'], description: 'continent of the countries' },
    },
  };
  const declared = command(declareEvaluate([...BENCHMARKS, capitals], PROMPT_FORMATS), async () => ({
    run: async () => {},
  }));
  const help = await helpOf(['evaluate', '--help'], [declared]);
  expect(help).toMatch(/ {2}benchmark +the benchmark \(one of mmlu, .*, capitals\)\n/);
  expect(help).toMatch(/ {2}--shots <n> .*; capitals: capitals that are shown \(default: 2\)\n/);
  expect(help).toMatch(
    / {2}--continent <name> +capitals: continent of the countries \(one of Asia, Europe\)\n/,
  );
  await parse(['evaluate', 'capitals', '--continent', 'Asia', '--shots', '1'], [declared]);
  await expect(parse(['evaluate', 'capitals', '--continent', 'Aisa'], [declared])).rejects.toEqual(
    new UsageError('--continent must be one of Asia, Europe, got "Aisa"; did you mean "Asia"?'),
  );
});

describe('a command that is registered by one object', () => {
  const count = defineCommand({
    name: 'count',
    summary: 'count letters',
    group: 'Measure texts:',
    arguments: { texts: { type: 'array', items: { type: 'string' }, required: true, description: 'texts' } },
    options: {
      most: { type: 'integer', minimum: 1, default: 9, description: 'most letters' },
      unit: { enum: ['letters', 'words'], description: 'what is counted' },
      loud: { type: 'boolean', description: 'in capitals' },
    },
    examples: ['imitation-lab count a b --most 3'],
  });
  const inputs: InputOf<typeof count>[] = [];
  const registered = [
    ...LISTED,
    command(count, async () => ({
      run: async input => {
        inputs.push(input);
      },
    })),
  ];
  const run = (...words: string[]) =>
    createProgram({ version: '1.2.3', commands: registered, groups: GROUPS }).parseAsync(words, {
      from: 'user',
    });

  test('is listed and explained', async () => {
    expect(await helpOf(['--help'], registered)).toMatch(/Measure texts:\n(.*\n)* {2}count +count letters\n/);
    const help = await helpOf(['count', '--help'], registered);
    expect(help).toContain('Usage: imitation-lab count [options] <texts...>\n');
    expect(help).toMatch(/ {2}--most <n> +most letters \(default: 9\)\n/);
    expect(help).toMatch(/ {2}--unit <name> +what is counted \(one of letters, words\)\n/);
  });

  test('runs with values of the types that it declares', async () => {
    await run('count', 'a', 'b', '--unit', 'words');
    await run('count', 'c', '--most', '3', '--loud');
    expect(inputs).toEqual([
      { texts: ['a', 'b'], most: 9, unit: 'words' },
      { texts: ['c'], most: 3, loud: true },
    ]);
    expectTypeOf<InputOf<typeof count>>().toHaveProperty('most').toEqualTypeOf<number>();
    expectTypeOf<InputOf<typeof count>['unit']>().toEqualTypeOf<'letters' | 'words' | undefined>();
    expectTypeOf<InputOf<typeof count>['texts']>().toEqualTypeOf<string[]>();
    // @ts-expect-error: a misspelt option is none.
    expect(inputs[0]?.mots).toBeUndefined();
  });

  test('refuses what it does not declare', async () => {
    await expect(run('count')).rejects.toEqual(new UsageError('<texts> is required, got none'));
    await expect(run('count', 'a', '--most', '0')).rejects.toEqual(
      new UsageError('--most must be >= 1, got 0'),
    );
    await expect(run('count', 'a', '--unit', 'word')).rejects.toEqual(
      new UsageError('--unit must be one of letters, words, got "word"; did you mean "words"?'),
    );
    await expect(run('count', 'a', '--lout')).rejects.toEqual(
      new UsageError('unknown option "--lout"; did you mean "--loud"?'),
    );
  });
});
