import type { installCommand } from '../commands/install.ts';
import type { InputOf } from '../declare/command.ts';

/** Puts kernel and extension into a JupyterLab. */
export async function run({ prefix, json }: InputOf<typeof installCommand>): Promise<void> {
  const { install } = await import('../../setup/index.ts');
  const paths = await install(prefix);
  if (json) console.log(JSON.stringify(paths, null, 2));
  else console.log(`Installed:\n  ${paths.kernel}\n  ${paths.extension}`);
}
