/**
 * Benchmark of a comparison of 10,000 prompts in JupyterLab: first rows within 1 s, filtered and paged within 100 ms.
 * Prints the medians of several runs and writes `build/bench/comparison.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { COMPARISON_MIME } from '../../src/schema.ts';
import { openOutputLaboratory } from '../extension/output-page.ts';
import { timeTenThousand, type Waits } from '../extension/ten-thousand.ts';

const RUNS = 5;
const folder = resolve(import.meta.dirname, '../../build/bench');

test('a comparison of 10,000 prompts does not keep its reader waiting', async () => {
  const laboratory = await openOutputLaboratory();
  try {
    const runs: Waits[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { page } = await laboratory.open([{ 'text/plain': 'waiting' }]);
      await page.getByText('waiting').waitFor();
      runs.push(await page.evaluate(timeTenThousand, COMPARISON_MIME));
    }
    const medianOf = (name: keyof Waits) =>
      runs.map(run => run[name]).toSorted((a, b) => a - b)[RUNS >> 1] ?? 0;
    const waits = { firstRows: medianOf('firstRows'), filter: medianOf('filter'), next: medianOf('next') };
    console.table(waits);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'comparison.json'), `${JSON.stringify(waits, null, 2)}\n`);
    expect(waits.firstRows).toBeLessThan(1000);
    expect(waits.filter).toBeLessThan(100);
    expect(waits.next).toBeLessThan(100);
  } finally {
    await laboratory.close();
  }
});
