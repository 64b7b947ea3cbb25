import { ReadError, shown } from '../readers/index.ts';
import { ARCHITECTURES, architectureNames } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import { configFields } from './config-fields.ts';
import { isHarmlessGgufKey } from './harmless-keys.ts';
import type { GgufFile } from './open-gguf.ts';
import { requireConfig } from './require-config.ts';

/**
 * Reads a model's config from the metadata and the tensors of a GGUF file.
 *
 * @throws {ReadError} if it is of another architecture, of a variant that is not computed here, or lacks a size.
 * @throws {RangeError} if its sizes do not fit together.
 */
export async function fromGguf(file: GgufFile): Promise<ModelConfig> {
  const { metadata, path: at } = file;
  const name = metadata.get('general.architecture');
  const gguf = ARCHITECTURES.map(({ gguf }) => gguf).find(gguf => gguf?.name === name);
  if (gguf) {
    const fields = configFields(metadata, at);
    const config = await gguf.config(fields, file);
    fields.requireAllRead(key => !key.startsWith(`${gguf.name}.`) || isHarmlessGgufKey(key));
    return requireConfig(config, at);
  }
  const names = architectureNames(({ gguf }) => gguf?.name);
  throw new ReadError({ at, required: `"general.architecture" ${names}`, found: shown(name) });
}
