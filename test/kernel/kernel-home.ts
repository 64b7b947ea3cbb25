import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KERNEL_NAME, kernelSpec } from '@imitation-lab/kernel';

/** A Jupyter data folder that lists this build of the kernel, and the environment that makes Jupyter look there. */
export interface KernelHome {
  name: string;
  env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

/** Installs the kernel into a folder of its own, apart from the user's. */
export async function kernelHome(): Promise<KernelHome> {
  const folder = await mkdtemp(join(tmpdir(), 'kernel-home-'));
  const kernel = join(folder, 'kernels', KERNEL_NAME);
  await mkdir(kernel, { recursive: true });
  await writeFile(join(kernel, 'kernel.json'), JSON.stringify(kernelSpec()));
  return {
    name: KERNEL_NAME,
    env: { ...process.env, JUPYTER_PATH: folder, JUPYTER_RUNTIME_DIR: join(folder, 'runtime') },
    remove: () => rm(folder, { recursive: true }),
  };
}
