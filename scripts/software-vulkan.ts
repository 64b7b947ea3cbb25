import { access, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findChromium } from 'imitation-lab/setup';
import { chromium } from 'playwright-core';
import { ensureChromium } from './chromium.ts';

/** Chromium's Vulkan in software, and the library through which programs find it. */
const SWIFTSHADER = 'libvk_swiftshader.so';
const LOADER = 'libvulkan.so.1';

/** Folders in which packages install Chromium, beside the folder of the command itself. */
const FOLDERS = [
  '/usr/lib/chromium',
  '/usr/lib64/chromium-browser',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
];

/**
 * Returns the environment variables by which a process finds SwiftShader, which runs WebGPU on the processor. Only
 * Linux needs them: macOS and Windows have their own drivers.
 *
 * @param folder is created for the two files that the variables name.
 * @returns undefined if no Chromium on this machine holds SwiftShader.
 */
export async function softwareVulkan(folder: string): Promise<Record<string, string> | undefined> {
  if (process.platform !== 'linux') return {};
  const source = await findSwiftShader();
  if (source === undefined) return undefined;
  await mkdir(folder, { recursive: true });
  const driver = join(folder, 'swiftshader.json');
  const ICD = { library_path: join(source, SWIFTSHADER), api_version: '1.0.5' };
  await writeFile(driver, JSON.stringify({ file_format_version: '1.0.0', ICD }));
  // A folder of its own: what else lies beside Chromium is not for other programs.
  await rm(join(folder, LOADER), { force: true });
  await symlink(join(source, LOADER), join(folder, LOADER));
  const libraries = [folder, process.env.LD_LIBRARY_PATH ?? []].flat().join(':');
  return { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: libraries };
}

/**
 * Fetches a Chromium with SwiftShader where there is none.
 *
 * @throws {ScriptError} if none can be had.
 */
export async function ensureSwiftShader(): Promise<void> {
  if (process.platform === 'linux') await ensureChromium(findSwiftShader);
}

/** Returns the folder of a Chromium that holds SwiftShader. */
async function findSwiftShader(): Promise<string | undefined> {
  const commands = [await findChromium(), chromium.executablePath()];
  const own = await Promise.all(commands.map(path => realpath(path ?? '').catch(() => path ?? '')));
  for (const folder of [...own.map(dirname), ...FOLDERS]) {
    const files = [SWIFTSHADER, LOADER].map(name => access(join(folder, name)));
    if (
      await Promise.all(files).then(
        () => true,
        () => false,
      )
    )
      return folder;
  }
  return undefined;
}
