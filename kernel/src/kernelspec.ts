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

/** The kernel's picture in launchers: the content of `logo-svg.svg` beside its `kernel.json`. */
export const kernelLogo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="TypeScript (Imitation Lab)">
  <rect width="64" height="64" rx="10" fill="#2f5d8a"/>
  <circle cx="20" cy="19" r="8" fill="none" stroke="#fff" stroke-width="3"/>
  <circle cx="29" cy="19" r="8" fill="none" stroke="#fff" stroke-width="3" stroke-dasharray="3 3"/>
  <text x="58" y="56" text-anchor="end" font-family="system-ui, sans-serif" font-size="24" font-weight="700" fill="#fff">TS</text>
</svg>
`;

/**
 * Makes the `kernel.json` of this installation.
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
