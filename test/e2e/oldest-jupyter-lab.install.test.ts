import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureVenv, type Venv } from '../../scripts/venv.ts';
import { type Laboratory, openLaboratory, openNotebook, outputsOf, ROOT } from './lab-page.ts';

const run = promisify(execFile);

/** The oldest JupyterLab that is supported; the project's own environment holds the newest. */
const OLDEST = 'jupyterlab==4.2.7\n';
const CLI = join(ROOT, 'dist', 'cli.js');

let folder = '';
let venv: Venv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'install-'));
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, OLDEST);
  venv = await ensureVenv(join(ROOT, 'build', 'venv-oldest-lab'), requirements);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function cli(...args: string[]): Promise<string> {
  return (await run(process.execPath, [CLI, ...args])).stdout;
}

async function jupyter(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run(join(venv.bin, 'jupyter'), args);
  return stdout + stderr;
}

test('install puts kernel and extension into an existing JupyterLab, uninstall removes them', async () => {
  await cli('install', '--prefix', venv.prefix);
  const specs = JSON.parse((await run(join(venv.bin, 'jupyter'), ['kernelspec', 'list', '--json'])).stdout);
  expect(await readdir(specs.kernelspecs['imitation-lab'].resource_dir)).toEqual([
    'kernel.json',
    'logo-svg.svg',
  ]);
  expect(await jupyter('labextension', 'list')).toMatch(/@imitation-lab\/jupyterlab v\S+ .*enabled.*OK/);
  const found = JSON.parse(await cli('doctor', '--json', '--prefix', venv.prefix)) as {
    findings: { name: string; ok: boolean }[];
  };
  expect(found.findings.filter(({ ok }) => !ok)).toEqual([]);

  await cli('uninstall', '--prefix', venv.prefix);
  expect(await jupyter('kernelspec', 'list')).not.toContain('imitation-lab');
  expect(await jupyter('labextension', 'list')).not.toContain('@imitation-lab');
});

test('a prefix that is no folder is refused by name', async () => {
  await expect(cli('install', '--prefix', '/no/such/folder')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('/no/such/folder'),
  });
});

test('the oldest JupyterLab runs a cell and shows a comparison', async () => {
  await cli('install', '--prefix', venv.prefix);
  const source = [
    "import { compare } from 'imitation-lab';",
    "await compare([{ prompt: 'Why?', gpt: 'Because it is.', mine: 'Because.' }], { teacher: 'gpt' })",
  ].join('\n');
  const metadata = {
    kernelspec: { name: 'imitation-lab', display_name: 'TypeScript', language: 'typescript' },
  };
  const cell = { cell_type: 'code', id: 'a', metadata: {}, source, outputs: [], execution_count: null };
  const notebook = { cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 };
  await writeFile(join(folder, 'small.ipynb'), JSON.stringify(notebook));
  let laboratory: Laboratory | undefined;
  try {
    laboratory = await openLaboratory(folder, venv);
    const { page, runAll } = await openNotebook(laboratory, 'small.ipynb');
    const errors = outputsOf(await runAll()).filter(output => output.output_type === 'error');
    expect(errors).toEqual([]);
    await page.locator('.jp-OutputArea-output').getByText('Because it is.').waitFor();
  } finally {
    await laboratory?.close();
    await cli('uninstall', '--prefix', venv.prefix);
  }
}, 240_000);
