import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initSchema } from 'imitation-lab/model';

/**
 * Writes what registries state into the published schemas, which editors read: into that of `train`'s config the
 * choices and options of all architectures. A schema that states it already is left alone.
 *
 * @param root the project's folder.
 */
export async function writeSchemas(root: string): Promise<void> {
  const file = join(root, 'data', 'train-config.schema.json');
  const before = await readFile(file, 'utf8');
  const schema: { properties: Record<string, unknown> } = JSON.parse(before);
  schema.properties.init = initSchema();
  const after = `${JSON.stringify(schema, null, 2)}\n`;
  if (after !== before) await writeFile(file, after);
}
