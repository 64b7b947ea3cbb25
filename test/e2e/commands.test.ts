import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseCsv } from '../../src/readers/index.ts';
import { needsRecords, recordsReachable } from '../fixtures/public-records.ts';
import { ROOT, unusedPort } from './lab-page.ts';

const run = promisify(execFile);
const BOOTSTRAP = join(ROOT, 'src', 'setup', 'bootstrap.mjs');

/** Resolves with the first match in what a process prints. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (match) resolve(match[0]);
    });
    child.once('close', () => reject(new Error(`The process ended before it printed ${pattern}:\n${text}`)));
  });
}

test('npm start prints the address of a JupyterLab that lists the kernel and the extension', async () => {
  const port = await unusedPort();
  const args = [BOOTSTRAP, 'start', '--no-browser', '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise(resolve => child.once('close', resolve));
  try {
    const url = new URL(await printed(child, /http:\S+/));
    expect(url.port).toBe(String(port));
    const ask = async (path: string) => {
      const response = await fetch(new URL(`${path}${url.search}`, url));
      return response.text();
    };
    expect(JSON.parse(await ask('/api/kernelspecs')).kernelspecs['imitation-lab'].spec.display_name).toBe(
      'TypeScript (Imitation Lab)',
    );
    expect(await ask('/lab')).toContain('@imitation-lab/jupyterlab');
  } finally {
    child.kill('SIGINT');
    await ended;
  }
  await expect(fetch(`http://127.0.0.1:${port}/api`)).rejects.toThrow();
});

test('npm start ends with the shell that started it', async () => {
  const port = await unusedPort();
  const command = `"${process.execPath}" "${BOOTSTRAP}" start --no-browser --port ${port}; true`;
  const shell = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
  await printed(shell, /http:\S+/);
  shell.kill('SIGKILL');
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/api`).then(
          () => 'answers',
          () => 'gone',
        ),
      { timeout: 20_000 },
    )
    .toBe('gone');
});

test('npm start refuses a port that is none', async () => {
  await expect(run(process.execPath, [BOOTSTRAP, 'start', '--port', 'many'])).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('--port must be a number from 1 to 65535, found "many"'),
  });
});

test.skipIf(!recordsReachable)(
  needsRecords('npm run reproduce writes each figure as CSV, Plotly JSON, HTML, SVG and PNG'),
  async () => {
    const figures = join(ROOT, 'build', 'figures');
    await rm(figures, { recursive: true, force: true });
    await run(process.execPath, [BOOTSTRAP, 'reproduce', 'fig2', 'table2']);
    const read = (name: string) => readFile(join(figures, name), 'utf8');
    const rows = parseCsv(await read('table2.csv'), 'table2.csv').map(({ value }) => value);
    expect(rows).toHaveLength(25 + 4 * (9 + 7));
    expect(rows).toContainEqual(
      expect.objectContaining({ records: 'FastChat-80', model: 'Vicuna-13B', measure: 'list', n: '23' }),
    );
    expect(JSON.parse(await read('table2-chart.plotly.json')).data).toHaveLength(4 * 4);
    expect(await read('table2-chart.svg')).toMatch(/^<svg[\s\S]*OpenAssistant-250: Vicuna-13B/);
    expect(await read('table2-chart.html')).toContain("Plotly.newPlot('figure'");
    expect((await readFile(join(figures, 'table2-chart.png'))).subarray(1, 4).toString()).toBe('PNG');
    expect(await read('fig2-2.csv')).toContain('How can I improve my time management skills?');
    expect(await read('fig2.html')).toContain('Advantage Estimation');
  },
);
