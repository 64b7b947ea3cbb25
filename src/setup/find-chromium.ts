import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds the browser on this machine: `CHROMIUM_PATH`, then an installed Chromium or Chrome, then Playwright's own.
 *
 * @returns path of the executable, or undefined.
 */
export async function findChromium(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    process.env.CHROMIUM_PATH ?? [],
    NAMES.flatMap(name => folders.map(folder => join(folder, name))),
    APPLICATIONS,
    await playwrightChromium(),
  ].flat();
  for (const path of candidates) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** Returns the path at which Playwright keeps its Chromium; none where Playwright is not installed. */
async function playwrightChromium(): Promise<string[]> {
  return import('playwright-core').then(
    ({ chromium }) => [chromium.executablePath()],
    () => [],
  );
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
