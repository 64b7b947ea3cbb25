import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs')).map(name => `docs/${name}`),
].filter(name => name.endsWith('.md'));

const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** A command that a page shows: `imitation-lab data build mix --out X` has the words `data build mix`, the flag `--out`. */
interface Shown {
  page: string;
  words: string[];
  flags: string[];
}

function commandsOf(page: string): Shown[] {
  return [...textOf(page).matchAll(/^npx imitation-lab (.+)$/gm)].map(([, line = '']) => {
    const parts = line.replace(/\s#.*/, '').trim().split(/\s+/);
    const first = parts.findIndex(part => part.startsWith('-'));
    return {
      page,
      words: first < 0 ? parts : parts.slice(0, first),
      flags: parts.filter(part => part.startsWith('--')),
    };
  });
}

const help = new Map<string, Promise<string>>();

/** Returns what `--help` prints for a command. */
function helpOf(words: readonly string[]): Promise<string> {
  const key = words.join(' ');
  const cli = join(ROOT, 'dist', 'cli.js');
  const text = help.get(key) ?? run(process.execPath, [cli, ...words, '--help']).then(({ stdout }) => stdout);
  help.set(key, text);
  return text;
}

/** The words that name a command, without its arguments. */
async function commandNamed([first = '', second = '']: readonly string[]): Promise<string[]> {
  const within = await helpOf([first]);
  return new RegExp(`^ {2}${second} `, 'm').test(within) && /^Commands:/m.test(within)
    ? [first, second]
    : [first];
}

describe('the documentation', () => {
  test('shows commands and options that exist', async () => {
    const shown = PAGES.flatMap(commandsOf);
    expect(shown.length).toBeGreaterThan(30);
    const known = await helpOf([]);
    const unknown: string[] = [];
    for (const { page, words, flags } of shown) {
      if (!new RegExp(`^ {2}${words[0]} `, 'm').test(known)) unknown.push(`${page}: ${words[0]}`);
      else {
        const text = await helpOf(await commandNamed(words));
        for (const flag of flags.filter(name => !new RegExp(`${name}\\b`).test(text)))
          unknown.push(`${page}: ${words.join(' ')} ${flag}`);
      }
    }
    expect(unknown).toEqual([]);
  });

  test('shows configs that their schemas accept', () => {
    const schemas = readdirSync(join(ROOT, 'data')).filter(name => name.endsWith('.schema.json'));
    const ajv = new Ajv2020({ strict: false });
    for (const name of schemas) ajv.addSchema(JSON.parse(textOf(`data/${name}`)), name);
    const configs = PAGES.flatMap(page => [
      ...textOf(page).matchAll(/^```json\n(\{\n {2}"\$schema"[^`]+)```/gm),
    ]);
    expect(configs.length).toBeGreaterThan(1);
    for (const [, text = ''] of configs) {
      const config = JSON.parse(text);
      expect(ajv.validate(basename(config.$schema), config), ajv.errorsText()).toBe(true);
    }
  });

  test('shows npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json'));
    const shown = PAGES.flatMap(page => [...textOf(page).matchAll(/\bnpm (?:run )?([a-z]+(?::[a-z]+)?)/g)]);
    const names = new Set(shown.map(([, name = '']) => name));
    names.delete('install');
    names.delete('packages');
    expect([...names].filter(name => scripts[name] === undefined)).toEqual([]);
  });

  test.each(PAGES)('%s links to files that exist', page => {
    const links = [...textOf(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    expect(links.filter(link => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
  });

  test('of the README is at most 150 lines long and links to every page', () => {
    const readme = textOf('README.md');
    expect(readme.split('\n').length).toBeLessThanOrEqual(150);
    expect(PAGES.filter(page => page !== 'README.md' && !readme.includes(`(${page})`))).toEqual([]);
  });
});
