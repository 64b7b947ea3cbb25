import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { messageOf } from '../runs/index.ts';
import { runStep, SetupError, say } from './step.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Arguments that keep a test browser from calling home; without a sandbox only as root, where Chromium has none. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * The browser on this machine: `CHROMIUM_PATH`, then an installed Chromium or Chrome, then Playwright's own.
 *
 * @returns path of the executable, or undefined.
 */
export async function findChromium(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    process.env.CHROMIUM_PATH ?? [],
    NAMES.flatMap(name => folders.map(folder => join(folder, name))),
    APPLICATIONS,
    chromium.executablePath(),
  ].flat();
  for (const path of candidates) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/**
 * The browser on this machine, fetched where there is none: Playwright's download, else Debian's package when root.
 *
 * @param find looks for it, or for a part of it that some packages leave out.
 * @returns what `find` found.
 * @throws {SetupError} if neither can be had.
 */
export async function ensureChromium(
  find: () => Promise<string | undefined> = findChromium,
): Promise<string> {
  const found = await find();
  if (found !== undefined) return found;
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  const attempts = [
    () => runStep('Download Chromium', process.execPath, [cli, 'install', 'chromium']),
    ...(process.getuid?.() === 0
      ? [
          () => runStep('Update the list of Debian packages', 'apt-get', ['update']),
          () => runStep('Install Debian’s Chromium', 'apt-get', ['install', '--yes', 'chromium']),
        ]
      : []),
  ];
  for (const attempt of attempts) {
    await attempt().catch((error: unknown) => say(`  not available: ${firstLine(error)}`));
    const browser = await find();
    if (browser !== undefined) return browser;
  }
  throw new SetupError(
    'No Chromium or Chrome was found, and none could be fetched. Install one, or name it by CHROMIUM_PATH.',
  );
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n')[0] ?? '';
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
