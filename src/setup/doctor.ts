import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { exists } from '../files/index.ts';
import { messageOf } from '../runs/index.ts';
import { findChromium } from './find-chromium.ts';
import { findPython } from './find-python.ts';
import { installedVersion, installPaths } from './install.ts';

/** A requirement of Imitation Lab: what was found, and a remedy where it is missing. */
export interface Finding {
  name: string;
  ok: boolean;
  found: string;
  /** Further details, one a line. */
  details?: readonly string[];
  remedy?: string;
}

/** Options of {@link diagnose}. */
export interface DoctorOptions {
  /** Prefix of the JupyterLab to look at; the project's own by default. */
  prefix?: string;
}

/**
 * Checks everything that a notebook needs and reports what is missing. Changes nothing.
 *
 * @returns one finding a requirement, in the order in which they depend on each other.
 */
export async function diagnose(options: DoctorOptions = {}): Promise<Finding[]> {
  const prefix = options.prefix ?? projectPrefix();
  return [
    { name: 'Node', ok: true, found: `${process.version} at ${process.execPath}` },
    await python(),
    await packageFinding('kernel', '@imitation-lab/kernel', 'dist/main.js'),
    await packageFinding('extension', '@imitation-lab/jupyterlab', 'labextension/package.json'),
    await kernelFinding(prefix),
    await extensionFinding(prefix),
    await browser(),
    await computeFinding(),
    recordsFinding(),
  ];
}

function projectPrefix(): string {
  return join(dirname(createRequire(import.meta.url).resolve('imitation-lab/package.json')), 'build', 'venv');
}

async function python(): Promise<Finding> {
  const name = 'Python';
  try {
    return { name, ok: true, found: await findPython() };
  } catch (error) {
    return { name, ok: false, found: 'none that fits', remedy: messageOf(error) };
  }
}

async function packageFinding(what: string, name: string, builtFile: string): Promise<Finding> {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const built = join(dirname(manifest), builtFile);
    if (await exists(built)) return { name: `Package of the ${what}`, ok: true, found: dirname(manifest) };
    return { name: `Package of the ${what}`, ok: false, found: `no ${built}`, remedy: 'npm run build' };
  } catch {
    return {
      name: `Package of the ${what}`,
      ok: false,
      found: 'not installed',
      remedy: `npm install ${name}`,
    };
  }
}

async function kernelFinding(prefix: string): Promise<Finding> {
  const { kernel } = installPaths(prefix);
  const ok = await exists(join(kernel, 'kernel.json'));
  return {
    name: 'Kernel in JupyterLab',
    ok,
    found: ok ? kernel : `none in ${prefix}`,
    ...(ok ? {} : installRemedy(prefix)),
  };
}

async function extensionFinding(prefix: string): Promise<Finding> {
  const version = await installedVersion(prefix);
  const ok = version !== undefined;
  return {
    name: 'Extension in JupyterLab',
    ok,
    found: ok ? `${version} at ${installPaths(prefix).extension}` : `none in ${prefix}`,
    ...(ok ? {} : installRemedy(prefix)),
  };
}

function installRemedy(prefix: string): { remedy: string } {
  return { remedy: `npx imitation-lab install --prefix ${prefix}, or npm start in a clone of the project` };
}

/** Looks for a browser, which only tests and pictures need. */
async function browser(): Promise<Finding> {
  const name = 'Chromium or Chrome';
  const found = await findChromium();
  const ok = found !== undefined;
  return {
    name,
    ok,
    found: found ?? 'none',
    ...(ok ? {} : { remedy: 'Only tests, SVG and PNG need one: npm test gets it.' }),
  };
}

/** Resolves the backend on which models compute. The slow one is enough: reading answers needs none. */
async function computeFinding(): Promise<Finding> {
  const title = 'Backend for models';
  const { describeBackends, INSTALL_TENSORFLOW, resolveBackend } = await import('../compute/index.ts');
  try {
    const details = await describeBackends();
    const { name, device } = await resolveBackend();
    return { name: title, ok: true, found: `${name} on ${device}`, details };
  } catch (error) {
    return { name: title, ok: false, found: `none: ${messageOf(error)}`, remedy: INSTALL_TENSORFLOW };
  }
}

function recordsFinding(): Finding {
  const mirror = process.env.IMITATION_LAB_MIRROR;
  return {
    name: 'Public records',
    ok: true,
    found: mirror ? `mirror at ${mirror}` : 'fetched from their public addresses',
  };
}
