import { bytesOf, bytesOfVisible } from '../byte-text.ts';
import type { PreTokenizerStep } from '../pre-tokenizer.ts';
import type { TokenizerJson } from '../tokenizer-file.ts';
import { alignNormalizer, prependedBy } from './align-normalizer.ts';
import { type AlignedText, replaced } from './aligned-text.ts';
import type { PlacedToken } from './place-tokens.ts';

/** Rules by which the tokens of a `tokenizer.json` represent a text. */
export interface PlacedTokens {
  /** Bytes that are put before each stretch of text between added tokens. */
  prefix: string;
  /** Normalises a text as the tokens see it. */
  align(text: string, normalize: (text: string) => string): AlignedText;
  /** Returns what a token represents. */
  tokenOf(token: string): PlacedToken;
}

/** Reads from a `tokenizer.json` what its tokens represent. */
export function placedTokens({
  model,
  added_tokens,
  normalizer,
  pre_tokenizer,
}: TokenizerJson): PlacedTokens {
  const added = new Map(
    (added_tokens ?? []).map(({ content, lstrip = false, rstrip = false }) => [
      content,
      { bytes: bytesOf(content), isAdded: true, takesBefore: lstrip, takesAfter: rstrip },
    ]),
  );
  const steps = stepsOf(pre_tokenizer);
  const isByteLevel = steps.some(({ type }) => type === 'ByteLevel');
  const isMetaspace = steps.some(({ type }) => type === 'Metaspace');
  const { unk_token, end_of_word_suffix, continuing_subword_prefix, byte_fallback } = model;
  const unknown = typeof unk_token === 'string' ? unk_token : unknownPiece(model);
  const prefix =
    typeof continuing_subword_prefix === 'string' && continuing_subword_prefix !== ''
      ? continuing_subword_prefix
      : undefined;
  const suffix =
    typeof end_of_word_suffix === 'string' && end_of_word_suffix !== '' ? end_of_word_suffix : undefined;
  const surface = (token: string): string => {
    const start = prefix !== undefined && token.startsWith(prefix) ? prefix.length : 0;
    const end = suffix !== undefined && token.endsWith(suffix) ? token.length - suffix.length : token.length;
    return token.slice(start, end);
  };
  return {
    prefix: bytesOf(prependedBy(normalizer)),
    align: (text, normalize) => {
      const aligned = alignNormalizer(text, normalizer, normalize);
      if (!isMetaspace) return aligned;
      const spaces = Array.from(aligned.text.matchAll(/ |[^ ]+/g), ({ 0: part, index }) => ({
        text: part === ' ' ? '\u2581' : part,
        start: index,
        end: index + part.length,
      }));
      return replaced(aligned, spaces);
    },
    tokenOf: token => {
      const special = added.get(token);
      if (token === unknown) return { bytes: undefined };
      if (special) return special;
      const byte = byte_fallback ? /^<0x([\dA-F]{2})>$/.exec(token)?.[1] : undefined;
      if (byte !== undefined) return { bytes: String.fromCharCode(Number.parseInt(byte, 16)) };
      return { bytes: isByteLevel ? bytesOfVisible(surface(token)) : bytesOf(surface(token)) };
    },
  };
}

/** Returns all steps of a pre-tokenizer, those of sequences among them. */
function stepsOf(step: PreTokenizerStep | null | undefined): PreTokenizerStep[] {
  if (!step) return [];
  const inner = Array.isArray(step.pretokenizers) ? (step.pretokenizers as PreTokenizerStep[]) : [];
  return [step, ...inner.flatMap(stepsOf)];
}

/** Returns the unknown piece of a unigram model, which it states by its id. */
function unknownPiece({ unk_id, vocab }: TokenizerJson['model']): string | undefined {
  const piece: unknown = Array.isArray(vocab) && typeof unk_id === 'number' ? vocab[unk_id] : undefined;
  return Array.isArray(piece) && typeof piece[0] === 'string' ? piece[0] : undefined;
}
