import { type ModelOptions, openModel as open } from '../../generate/index.ts';
import { UsageError } from '../exit.ts';

/**
 * Opens the model that options name.
 *
 * @throws {UsageError} if they name a server but no model of it.
 */
export function openModel(
  options: ModelOptions,
  more: Parameters<typeof open>[1] = {},
): ReturnType<typeof open> {
  if (/^https?:/i.test(options.model) && options.modelName === undefined)
    throw new UsageError('--model-name is required beside an address, got none');
  return open(options, more);
}
