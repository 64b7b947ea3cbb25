import type { Notebook } from './notebook.ts';

/** What set-up needs of `@imitation-lab/kernel`, which builds on this library and so cannot be imported by name. */
export interface KernelPackage {
  /** The content of `kernel.json`. */
  kernelSpec(): Record<string, unknown>;
  /** The content of `logo-svg.svg`, the kernel's picture in launchers. */
  kernelLogo: string;
  /** Executes a notebook's code cells in order, without a Jupyter server. */
  runNotebook(
    path: string,
    options?: { cwd?: string; signal?: AbortSignal; onCell?: (done: number, total: number) => void },
  ): Promise<Notebook>;
  writeNotebook(path: string, notebook: Notebook): Promise<void>;
}

/**
 * Loads the kernel's package.
 *
 * @throws {Error} naming the package, if it is not installed.
 */
export async function loadKernelPackage(): Promise<KernelPackage> {
  const name = '@imitation-lab/kernel';
  try {
    return (await import(name)) as KernelPackage;
  } catch (cause) {
    throw new Error(`Cannot load the kernel: ${name} must be installed beside imitation-lab`, { cause });
  }
}
