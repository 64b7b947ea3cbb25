import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseCsv } from '../../src/readers/index.ts';
import { WITH_RECORDS } from '../fixtures/public-records.ts';
import { ROOT } from './lab-page.ts';

const run = promisify(execFile);
const BOOTSTRAP = join(ROOT, 'scripts', 'bootstrap.mjs');

test(
  'npm run reproduce writes each figure as CSV, Plotly JSON, HTML, SVG and PNG, in light and dark',
  WITH_RECORDS,
  async () => {
    const figures = join(ROOT, 'build', 'figures');
    await rm(figures, { recursive: true, force: true });
    await run(process.execPath, [BOOTSTRAP, 'reproduce', 'fig2', 'table2']);
    const read = (name: string) => readFile(join(figures, name), 'utf8');
    const rows = parseCsv(await read('table2.csv'), 'table2.csv').map(({ value }) => value);
    expect(rows).toHaveLength(25 + 8 * 9 + 6 * 7);
    expect(rows).toContainEqual(
      expect.objectContaining({
        records: 'FastChat-80',
        model: 'Vicuna-13B',
        measure: 'list',
        n: '23',
        seeds: null,
      }),
    );
    expect(JSON.parse(await read('table2-chart.plotly.json')).data).toHaveLength(8 * 3 * 3);
    expect(await read('table2-chart.svg')).toMatch(/^<svg[\s\S]*OpenAssistant-250: Vicuna-13B/);
    expect(await read('table2-chart.html')).toContain("Plotly.newPlot('figure'");
    const pictures = ['table2-chart', 'table2-chart-dark', 'table2', 'table2-dark'].map(name =>
      readFile(join(figures, `${name}.png`)),
    );
    const [light, dark, ...tables] = await Promise.all(pictures);
    for (const picture of [light, dark, ...tables]) expect(picture?.subarray(1, 4).toString()).toBe('PNG');
    expect(dark?.equals(light ?? Buffer.of())).toBe(false);
    expect(await read('fig2-2.csv')).toContain('How can I improve my time management skills?');
    expect(await read('fig2.html')).toContain('Advantage Estimation');
  },
);
