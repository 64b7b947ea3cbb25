import { fileURLToPath } from 'node:url';

/** The content of a `kernel.json`. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: 'message';
  env: Record<string, string>;
  metadata: Record<string, unknown>;
}

/** The name under which Jupyter lists the kernel: its folder among the kernels. */
export const KERNEL_NAME = 'imitation-lab';

/**
 * The `kernel.json` of this installation.
 *
 * @param options `node`: path of Node.js, default the running one; `main`: path of the kernel's main file.
 */
export function kernelSpec({
  node = process.execPath,
  main = fileURLToPath(new URL('./main.js', import.meta.url)),
}: {
  node?: string;
  main?: string;
} = {}): KernelSpec {
  return {
    argv: [node, main, '{connection_file}'],
    display_name: 'TypeScript (Imitation Lab)',
    language: 'typescript',
    interrupt_mode: 'message',
    env: {},
    metadata: { debugger: false },
  };
}
