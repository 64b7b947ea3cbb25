import type { TokenizerName } from '../schema.ts';
import { bleuTokens, charTokens, intlTokens, scriptTokens, zhTokens } from './bleu-tokens.ts';

/**
 * Tokenizers of BLEU and ROUGE by name: sacrebleu's `13a`, `zh`, `intl` and `char`, and `script`, which is `13a` except
 * in scripts that write no spaces.
 */
export const TOKENIZERS: Readonly<Record<TokenizerName, (text: string) => string[]>> = {
  '13a': bleuTokens,
  zh: zhTokens,
  intl: intlTokens,
  char: charTokens,
  script: scriptTokens,
};

/** Option of measures that count tokens. */
export interface TokenizerOption {
  tokenizer?: TokenizerName | undefined;
}
