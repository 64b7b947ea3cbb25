import type { Architecture } from '../architecture.ts';
import type { ModelConfig } from '../config.ts';
import { GEMMA2 } from './gemma2.ts';
import { GEMMA3 } from './gemma3.ts';
import { GPT_NEOX } from './gpt-neox.ts';
import { GPT2 } from './gpt2.ts';
import { GRANITE } from './granite.ts';
import { LLAMA } from './llama.ts';
import { MISTRAL } from './mistral.ts';
import { OLMO2 } from './olmo2.ts';
import { PHI3 } from './phi3.ts';
import { QWEN2 } from './qwen2.ts';
import { QWEN3 } from './qwen3.ts';
import { SMOLLM3 } from './smollm3.ts';

const registered: Architecture[] = [
  GPT2,
  LLAMA,
  MISTRAL,
  QWEN2,
  QWEN3,
  GEMMA2,
  GEMMA3,
  PHI3,
  OLMO2,
  SMOLLM3,
  GRANITE,
  GPT_NEOX,
];

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
