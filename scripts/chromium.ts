import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { messageOf } from 'imitation-lab/runs';
import { findChromium } from 'imitation-lab/setup';
import { runStep, ScriptError, say } from './step.mjs';

/** Arguments that stop a test browser's own network requests; `--no-sandbox` only as root, where Chromium has none. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * Finds the browser on this machine, or installs one: Playwright's download, else Debian's package when root.
 *
 * @param find looks for it, or for a part of it that some packages omit.
 * @returns what `find` found.
 * @throws {ScriptError} if neither is available.
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
  throw new ScriptError(
    'No Chromium or Chrome was found, and none could be fetched. Install one, or name it by CHROMIUM_PATH.',
  );
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n')[0] ?? '';
}
