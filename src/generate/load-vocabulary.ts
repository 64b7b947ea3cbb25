import { ggufVocabulary } from './gguf-vocabulary.ts';
import { readVocabulary, type Vocabulary } from './read-vocabulary.ts';

/**
 * Loads the part of a model that writes and reads text, without its weights: to count tokens as it does.
 *
 * @param path a `.gguf` file, or a folder in Hugging Face's layout with `tokenizer.json` or `tokenizer.model`.
 * @throws {Error} if there is no tokenizer, or a file is not what its format allows.
 * @example
 * const { tokenizer } = await loadVocabulary('checkpoints/gpt2')
 * countTokens(tokenizer)('How many tokens?')
 */
export function loadVocabulary(path: string): Promise<Vocabulary> {
  return path.endsWith('.gguf') ? ggufVocabulary(path) : readVocabulary(path);
}
