/**
 * Benchmark of the kernel beside ipykernel and tslab: one run, one machine, every measure interleaved.
 * Prints a table and writes `build/bench/kernel.json`.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { kernelSpec } from '@imitation-lab/kernel';
import { type ColumnTable, from, op } from 'arquero';
import { test } from 'vitest';
import { testVenv } from '../kernel/venv.ts';

/** One timing, or why there is none. */
type Measurement = { kernel: string; measure: string } & ({ ms: number } | { note: string });

const LINES = 100_000;
const OURS = 'imitation-lab';
const PEER = 'ipykernel';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'build/bench');

const ROUND_TRIP = 'x + 1';
const ROUND_TRIP_WITH_IMPORTS = 'x + 1 after imports';
const COMPLETION = 'completion of members';

const TABLE = ["import * as aq from 'arquero'", 'const t = aq.table({ a: [1] })'];
const LIBRARY = "import * as lab from 'imitation-lab'";

const plan = {
  cwd: folder,
  kernels: { [OURS]: 'bench-ours', [PEER]: 'bench-ipykernel', tslab: 'bench-tslab' },
  launches: 5,
  warmups: 10,
  repeats: 100,
  cases: [
    { kernel: OURS, measure: ROUND_TRIP, before: ['let x = 1'], execute: 'x + 1' },
    { kernel: PEER, measure: ROUND_TRIP, before: ['x = 1'], execute: 'x + 1' },
    { kernel: 'tslab', measure: ROUND_TRIP, before: ['let x = 1'], execute: 'x + 1' },
    {
      kernel: OURS,
      measure: ROUND_TRIP_WITH_IMPORTS,
      before: [...TABLE, LIBRARY, 'let x = 1'],
      execute: 'x + 1',
    },
    { kernel: 'tslab', measure: ROUND_TRIP_WITH_IMPORTS, before: [...TABLE, 'let x = 1'], execute: 'x + 1' },
    { kernel: OURS, measure: COMPLETION, before: TABLE, complete: 't.', expect: 'filter' },
    { kernel: PEER, measure: COMPLETION, before: ['import asyncio'], complete: 'asyncio.', expect: 'run' },
    { kernel: 'tslab', measure: COMPLETION, before: TABLE, complete: 't.', expect: 'filter' },
  ],
  floods: 3,
  lines: LINES,
  flood: {
    [OURS]: `for (let i = 0; i < ${LINES}; i++) console.log(i)`,
    [PEER]: `for i in range(${LINES}): print(i)`,
    tslab: `for (let i = 0; i < ${LINES}; i++) console.log(i)`,
  },
};

async function installKernels(python: string): Promise<void> {
  const tslab = join(root, 'node_modules/tslab/bin/tslab');
  const specs = {
    'bench-ours': kernelSpec(),
    'bench-ipykernel': {
      argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
      language: 'python',
    },
    'bench-tslab': {
      argv: [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'],
      language: 'ts',
    },
  };
  for (const [name, spec] of Object.entries(specs)) {
    await mkdir(join(folder, 'kernels', name), { recursive: true });
    await writeFile(
      join(folder, 'kernels', name, 'kernel.json'),
      JSON.stringify({ display_name: name, ...spec }),
    );
  }
}

async function measure(): Promise<Measurement[]> {
  const { python } = await testVenv();
  await installKernels(python);
  const driver = spawn(python, [join(import.meta.dirname, 'kernel.py')], {
    env: { ...process.env, JUPYTER_PATH: folder },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  driver.stdin.end(JSON.stringify(plan));
  const [lines, code] = await Promise.all([
    text(driver.stdout),
    new Promise(done => driver.once('close', done)),
  ]);
  if (code !== 0)
    throw new Error(`Cannot measure the kernels: the driver ended with code ${code}, see above`);
  return lines
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Measurement);
}

/**
 * Median and quartiles of each measure in milliseconds, and the median as a multiple of ipykernel's:
 * of its plain round trip, where imports are what is measured.
 */
function summarize(measurements: readonly Measurement[]): ColumnTable {
  const timed = from(measurements.filter(measurement => 'ms' in measurement))
    .groupby('measure', 'kernel')
    .rollup({
      n: op.count(),
      median: op.median('ms'),
      q1: op.quantile('ms', 0.25),
      q3: op.quantile('ms', 0.75),
    })
    .derive({ base: `d.measure === '${ROUND_TRIP_WITH_IMPORTS}' ? '${ROUND_TRIP}' : d.measure` });
  const peer = timed.filter(`d.kernel === '${PEER}'`).select({ measure: 'base', median: 'peer' });
  return timed
    .join_left(peer, 'base')
    .derive({ ratio: 'd.median / d.peer' })
    .select('measure', 'kernel', 'n', 'median', 'q1', 'q3', 'ratio');
}

test('the kernel beside ipykernel and tslab', async () => {
  const measurements = await measure();
  const summary = summarize(measurements);
  const notes = from(measurements.filter(measurement => 'note' in measurement)).dedupe();
  const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
  await writeFile(
    join(folder, 'kernel.json'),
    `${JSON.stringify({ machine, summary: summary.objects(), notes: notes.objects(), measurements }, null, 2)}\n`,
  );
  console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; times in milliseconds\n`);
  const twoDigits = Object.fromEntries(['median', 'q1', 'q3', 'ratio'].map(name => [name, { digits: 2 }]));
  console.log(summary.toMarkdown({ limit: Infinity, format: twoDigits }));
  if (notes.numRows() > 0) console.log(notes.toMarkdown());
});
