import { expect, test } from 'vitest';
import { WITH_RECORDS } from '../fixtures/public-records.ts';
import { notebookRuns, picture } from './notebook-runs.ts';

const { runNotebook } = notebookRuns();

test(
  'engine trains a real model, is stopped, resumes with its loss drawn, and shows its answers',
  WITH_RECORDS,
  async () => {
    const { page, reveal, consoleErrors } = await runNotebook('engine.ipynb');
    const mask = await reveal(5);
    await mask.getByText('in the loss', { exact: false }).first().waitFor();
    await (await reveal(9)).getByText('The training was interrupted').waitFor();
    const live = await reveal(11);
    await live.locator('.scatterlayer .trace').nth(1).waitFor();
    await live.getByText(/finished, step 12 of 12/).waitFor();
    await picture(page, 'training-light');
    const answers = await reveal(14);
    for (const name of ['ChatGPT', 'SmolLM2-135M', 'after 12 steps']) {
      await answers.getByRole('heading', { name, exact: true }).waitFor();
    }
    expect(consoleErrors).toEqual([]);
  },
);

test('benchmarks asks a real model each benchmark and one of one’s own', WITH_RECORDS, async () => {
  const { page, reveal, consoleErrors } = await runNotebook('benchmarks.ipynb');
  const asked = await reveal(3);
  await asked.getByText('nq, 3 shots').click();
  await asked.getByText('using only one to two words at most').first().waitFor();
  await (await reveal(6)).getByText(/[5-9] of 12 were there, [3-7] were asked/).waitFor();
  const chart = await reveal(11);
  await chart.locator('.scatterlayer .point').nth(8).waitFor();
  await picture(page, 'benchmarks-light');
  await (await reveal(13)).getByText('capitals').first().waitFor();
  expect(consoleErrors).toEqual([]);
});
