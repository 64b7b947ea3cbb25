import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, parse } from 'node:path';
import { parseArgs } from 'node:util';
import { runNotebook, writeNotebook } from '@imitation-lab/kernel';
import { folderLease, withLease } from 'imitation-lab/runs';
import { findChromium } from 'imitation-lab/setup';
import Papa from 'papaparse';
import { type ImageExporter, imageExporter } from './figure-images.ts';
import { figureNotebooks } from './figure-notebooks.ts';
import { figurePage } from './figure-page.ts';
import { type NotebookFigure, notebookFigures } from './notebook-figures.ts';
import { publishable } from './publishable.ts';
import { ScriptError, say } from './step.mjs';

const USAGE = 'npm run reproduce -- [NOTEBOOK…] [--save] [--list]';

/**
 * Runs `npm run reproduce`: executes the notebooks without a Jupyter server and writes each figure to
 * `build/figures` as CSV, Plotly JSON and HTML, and as SVG and PNG, light and dark, where a browser is found.
 *
 * @param root the project's folder.
 * @param argv names of notebooks (all by default); `--save` writes figures and numbers to the notebooks themselves;
 *   `--list` prints the files of each notebook and runs none.
 * @throws {ScriptError} naming the notebooks that do not exist, or that do not show what their figures declare.
 */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...argv],
    options: { save: { type: 'boolean' }, list: { type: 'boolean' } },
    allowPositionals: true,
  });
  const folder = join(root, 'notebooks');
  const names = await notebookNames(folder, positionals);
  const declared = new Map(figureNotebooks().map(({ name, outputs }) => [name, outputs]));
  if (values.list) {
    for (const name of names) say(`${name}: ${declared.get(name)?.join(', ') ?? 'known after a run'}`);
    return;
  }
  const target = join(root, 'build', 'figures');
  await mkdir(target, { recursive: true });

  const run = { folder, names, declared, target, save: values.save ?? false };
  await withLease(folderLease(target), { task: 'reproduce' }, () => runAll(run));
  say(`\nThe figures are in ${target}`);
}

interface Reproduction {
  /** Folder of the notebooks. */
  folder: string;
  names: readonly string[];
  /** Names of the figures that each notebook must show. */
  declared: ReadonlyMap<string, readonly string[]>;
  /** Folder of the figures. */
  target: string;
  /** Writes figures and numbers to the notebooks themselves. */
  save: boolean;
}

/** Runs notebooks, and writes their figures. @throws {ScriptError} naming one that does not show what it declares. */
async function runAll({ folder, names, declared, target, save }: Reproduction): Promise<void> {
  const browser = await findChromium();
  if (browser === undefined) say('No Chromium or Chrome was found: SVG and PNG are left out.');
  const images = browser === undefined ? undefined : await imageExporter(browser);
  try {
    for (const name of names) {
      const started = performance.now();
      const path = join(folder, `${name}.ipynb`);
      const notebook = await runNotebook(path, { cwd: folder });
      const figures = notebookFigures(name, notebook);
      for (const figure of figures) await writeFigure(target, figure, images);
      if (save) {
        const pictures = await readPictures(target, images === undefined ? [] : figures);
        await writeNotebook(
          path,
          publishable(notebook, figure => pictures.get(figure)),
        );
      }
      const shown = figures.map(figure => figure.name);
      const expected = declared.get(name) ?? shown;
      if (shown.join() !== expected.join()) {
        throw new ScriptError(
          `${name}.ipynb must show ${expected.join(', ')}, got ${shown.join(', ') || 'no figure'}`,
        );
      }
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      say(`✓ ${name} (${seconds} s): ${shown.join(', ') || 'no figure'}`);
    }
  } finally {
    await images?.close();
  }
}

async function notebookNames(folder: string, wanted: readonly string[]): Promise<string[]> {
  const files = (await readdir(folder)).filter(file => file.endsWith('.ipynb')).sort();
  const names = files.map(file => parse(file).name);
  const unknown = wanted.map(name => parse(name).name).filter(name => !names.includes(name));
  if (unknown.length > 0) {
    throw new ScriptError(
      `No notebook ${unknown.join(', ')}: there are ${names.join(', ')}. Usage: ${USAGE}`,
    );
  }
  return wanted.length === 0 ? names : wanted.map(name => parse(name).name);
}

async function writeFigure(target: string, figure: NotebookFigure, images?: ImageExporter): Promise<void> {
  const file = (extension: string) => join(target, `${figure.name}.${extension}`);
  const page = figurePage(figure, figure.plotly === undefined ? '' : await plotlySource());
  await writeFile(file('csv'), Papa.unparse(figure.rows, { newline: '\n' }));
  await writeFile(file('html'), page);
  if (figure.plotly !== undefined) await writeFile(file('plotly.json'), `${JSON.stringify(figure.plotly)}\n`);
  if (figure.comparison !== undefined) {
    await writeFile(file('compare.json'), `${JSON.stringify(figure.comparison)}\n`);
  }
  const darkFile = join(target, `${figure.name}-dark.png`);
  const svg = await images?.draw(file('html'), { light: file('png'), dark: darkFile });
  if (svg !== undefined) await writeFile(file('svg'), svg);
}

/** The PNG of each Plotly figure in base64, by name. */
async function readPictures(
  target: string,
  figures: readonly NotebookFigure[],
): Promise<ReadonlyMap<string, string>> {
  const drawn = figures.filter(({ plotly }) => plotly !== undefined);
  const read = async ({ name }: NotebookFigure) =>
    [name, await readFile(join(target, `${name}.png`), 'base64')] as const;
  return new Map(await Promise.all(drawn.map(read)));
}

async function plotlySource(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('plotly.js/plotly-cartesian.min.js'), 'utf8');
}
