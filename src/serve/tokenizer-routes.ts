import type { LocalModel } from '../generate/index.ts';
import { contextLength } from '../model/index.ts';
import { badField } from './api-error.ts';
import { type Body, booleanField, requireKnown, shown } from './fields.ts';

/** Answers of `POST /tokenize`, `POST /detokenize` and `GET /tokenizer_info`, as vLLM has them. */
export interface TokenizerRoutes {
  /** @throws {ApiError} naming the field that is not as it must be. */
  tokenize(body: Body): object;
  /** @throws {ApiError} naming the field that is not as it must be. */
  detokenize(body: Body): object;
  info(): object;
}

export function tokenizerRoutes({ model, vocabulary, encode }: LocalModel): TokenizerRoutes {
  const { tokenizer, bos = null, eos = null, template = null } = vocabulary;
  const { vocabSize: size } = model.config;
  const context = contextLength(model.config);
  return {
    tokenize(body) {
      requireKnown(body, ['model', 'prompt', 'add_special_tokens', 'return_token_strs'], {});
      const { prompt } = body;
      if (typeof prompt !== 'string')
        throw badField('prompt', `prompt must be a text, found ${shown(prompt)}`);
      const special = booleanField(body, 'add_special_tokens') ?? true;
      const tokens = special ? encode(prompt) : tokenizer.encode(prompt, { allowSpecial: true });
      const texts = booleanField(body, 'return_token_strs') ?? false;
      const token_strs = texts ? tokens.map(id => tokenizer.tokenText(id)) : null;
      return { count: tokens.length, max_model_len: context, tokens, token_strs };
    },
    detokenize(body) {
      requireKnown(body, ['model', 'tokens'], {});
      const { tokens } = body;
      const known = (id: unknown) => Number.isInteger(id) && Number(id) >= 0 && Number(id) < size;
      if (!Array.isArray(tokens) || !tokens.every(known))
        throw badField('tokens', `tokens must be a list of ids below ${size}, found ${shown(tokens)}`);
      return { prompt: tokenizer.decode(tokens) };
    },
    info: () => ({
      bos_token: bos,
      eos_token: eos,
      chat_template: template,
      model_max_length: context,
      vocab_size: size,
    }),
  };
}
