import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../runs/index.ts';

/** Reports whether Linux's loader finds all of these libraries by itself, such as `libvulkan.so.1`. */
export async function loaderFinds(names: readonly string[]): Promise<boolean> {
  const known = await runCommand('list libraries', '/sbin/ldconfig', ['-p']).catch(() => '');
  const folders = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter(folder => folder !== '');
  return names.every(
    name => known.includes(`\t${name} `) || folders.some(folder => existsSync(join(folder, name))),
  );
}
