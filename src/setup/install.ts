import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SetupError } from './setup-error.ts';

const KERNEL = 'imitation-lab';
const KERNEL_PACKAGE = '@imitation-lab/kernel';
const EXTENSION = '@imitation-lab/jupyterlab';

/** Folders of the kernel and the extension inside a JupyterLab's prefix. */
export interface InstallPaths {
  kernel: string;
  extension: string;
}

/** Returns the folders that {@link install} writes and {@link uninstall} removes. */
export function installPaths(prefix: string): InstallPaths {
  const share = join(prefix, 'share', 'jupyter');
  return { kernel: join(share, 'kernels', KERNEL), extension: join(share, 'labextensions', EXTENSION) };
}

/**
 * Installs the kernel and the built extension into an existing JupyterLab (4.2 to 4.6).
 *
 * @param prefix the folder Python calls `sys.prefix`, such as a virtual environment's.
 * @returns what was written.
 * @throws {SetupError} if `prefix` is no folder or the extension is not built.
 */
export async function install(prefix: string): Promise<InstallPaths> {
  await requireFolder(prefix);
  const built = await builtExtension();
  const { kernelLogo, kernelSpec } = await loadKernelPackage();
  const paths = installPaths(prefix);
  await uninstall(prefix);
  await mkdir(paths.kernel, { recursive: true });
  await writeFile(join(paths.kernel, 'kernel.json'), `${JSON.stringify(kernelSpec(), null, 2)}\n`);
  await writeFile(join(paths.kernel, 'logo-svg.svg'), kernelLogo);
  await cp(built, paths.extension, { recursive: true });
  await writeFile(
    join(paths.extension, 'install.json'),
    `${JSON.stringify({ packageManager: 'npm', packageName: EXTENSION, uninstallInstructions: `npx imitation-lab uninstall --prefix ${prefix}` }, null, 2)}\n`,
  );
  return paths;
}

/**
 * Removes what {@link install} wrote; does nothing where nothing is installed.
 *
 * @throws {SetupError} if `prefix` is no folder.
 */
export async function uninstall(prefix: string): Promise<InstallPaths> {
  await requireFolder(prefix);
  const paths = installPaths(prefix);
  for (const path of Object.values(paths)) await rm(path, { recursive: true, force: true });
  return paths;
}

/** Returns the version of the extension installed in `prefix`, or undefined. */
export async function installedVersion(prefix: string): Promise<string | undefined> {
  try {
    const manifest = await readFile(join(installPaths(prefix).extension, 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** The part of `@imitation-lab/kernel` that {@link install} uses. */
interface KernelPackage {
  /** Returns the content of `kernel.json`. */
  kernelSpec(): Record<string, unknown>;
  /** The content of `logo-svg.svg`, the kernel's picture in launchers. */
  kernelLogo: string;
}

/** Loads the kernel's package, which depends on this library and so cannot be imported statically. */
async function loadKernelPackage(): Promise<KernelPackage> {
  // A variable: the compiler would resolve a literal to a package that is built later.
  const name = KERNEL_PACKAGE;
  try {
    return await import(name);
  } catch (cause) {
    throw new SetupError(`Cannot load the kernel: ${name} must be installed beside imitation-lab`, { cause });
  }
}

async function builtExtension(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve(`${EXTENSION}/package.json`);
  const folder = join(dirname(manifest), 'labextension');
  if (await isFolder(folder)) return folder;
  throw new SetupError(
    `Cannot install ${EXTENSION}: it must be built first, ${folder} is missing. Run: npm run build`,
  );
}

async function requireFolder(prefix: string): Promise<void> {
  if (await isFolder(prefix)) return;
  throw new SetupError(
    `The prefix must be an existing folder, the one your JupyterLab's Python calls sys.prefix; found no folder at ${prefix}`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    entry => entry.isDirectory(),
    () => false,
  );
}
