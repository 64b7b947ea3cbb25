export type { ChatOptions, ConversationTemplate } from '../conversation/index.ts';
export type { ChatMessage, Dialogue, ToolCall } from '../schema.ts';
export { addSpecial } from './add-special.ts';
export { type EncodedDialogue, encodeDialogue } from './dialogue.ts';
export { GGUF_TOKENIZERS, ggufPreTokenizer, ggufTokenizer, ggufTokenizerJson } from './gguf-tokenizer.ts';
export { gpt2Tokenizer } from './gpt2.ts';
export { llamaTokenizer } from './llama.ts';
export { loadTokenizer } from './load-tokenizer.ts';
export { type MaskKind, type MaskRun, type MaskView, maskView } from './mask-view.ts';
export type { NormalizerStep } from './offsets/align-normalizer.ts';
export {
  BLOCK_LENGTH,
  type Block,
  type BlockSpan,
  type PackOptions,
  packDialogues,
  packTokens,
} from './pack.ts';
export type { PreTokenizerStep } from './pre-tokenizer.ts';
export { ROLE_TOKENS, type RoleTokens, roleTemplate, withRoleTokens } from './role-tokens.ts';
export { isSentencePieceJson, type SentencePieceBpe, sentencePieceBpe } from './sentencepiece/from-json.ts';
export {
  PIECE_TYPES,
  type Piece,
  readModel as readSentencePieceModel,
  type SentencePieceModel,
} from './sentencepiece/model.ts';
export {
  countTokens,
  type DecodeOptions,
  type EncodeOptions,
  type Tokenizer,
  type TokensWithOffsets,
} from './tokenizer.ts';
export type { AddedToken, TokenizerJson } from './tokenizer-file.ts';
export { jsonTokenizer } from './tokenizer-json.ts';
