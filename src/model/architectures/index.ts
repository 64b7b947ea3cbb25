import type { Architecture } from '../architecture.ts';
import type { ModelConfig } from '../config.ts';
import { GPT2 } from './gpt2.ts';
import { LLAMA } from './llama.ts';

const registered: Architecture[] = [GPT2, LLAMA];

/** Every architecture, those first that come with this program. */
export const ARCHITECTURES: readonly Architecture[] = registered;

/**
 * Adds an architecture to {@link ARCHITECTURES}.
 *
 * @returns a function that removes it.
 * @throws {RangeError} if there is one of the same name.
 */
export function registerArchitecture(architecture: Architecture): () => void {
  if (ARCHITECTURES.some(({ name }) => name === architecture.name)) {
    throw new RangeError(
      `Cannot register the architecture: a new name is required, got "${architecture.name}"`,
    );
  }
  registered.push(architecture);
  return () => {
    registered.splice(registered.indexOf(architecture), 1);
  };
}

/**
 * Returns the architecture of a config.
 *
 * @throws {RangeError} if there is none of its name.
 */
export function architectureOf({ architecture: name }: Pick<ModelConfig, 'architecture'>): Architecture {
  const found = ARCHITECTURES.find(architecture => architecture.name === name);
  if (found) return found;
  throw new RangeError(`Unknown architecture: ${architectureNames()} is required, got "${name}"`);
}

/** Returns the names of all architectures as a phrase. */
export function architectureNames(
  nameOf: (architecture: Architecture) => string | undefined = ({ name }) => name,
): string {
  const names = ARCHITECTURES.flatMap(architecture => nameOf(architecture) ?? []);
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
}
