import type { uninstallCommand } from '../commands/install.ts';
import type { InputOf } from '../declare/command.ts';

/** Removes kernel and extension from a JupyterLab. */
export async function run({ prefix, json }: InputOf<typeof uninstallCommand>): Promise<void> {
  const { uninstall } = await import('../../setup/index.ts');
  const paths = await uninstall(prefix);
  if (json) console.log(JSON.stringify(paths, null, 2));
  else console.log(`Removed:\n  ${paths.kernel}\n  ${paths.extension}`);
}
