export type { ChatMessage, Evidence, Failure, FailureKind, Generation, ToolCall } from '../schema.ts';
export { type AnswerWords, type BareAnswer, type BareAnswerOptions, bareAnswer } from './bare-answer.ts';
export {
  type ConversationTemplate,
  type EncodedConversation,
  encodeConversation,
  type OffsetTokenizer,
} from './encode-conversation.ts';
export { type FinishReason, readFinishReason } from './finish-reason.ts';
export { type Exchange, lastExchange } from './last-exchange.ts';
export { MessageError } from './message-error.ts';
export { type AnswerOptions, type ReadAnswer, readAnswer } from './read-answer.ts';
export { readMessage } from './read-message.ts';
export { closeReasoning, endsInReasoning, type SplitText } from './reasoning-marks.ts';
export { ReasoningStream, type StreamedText } from './reasoning-stream.ts';
export { type ChatOptions, renderChat } from './render-chat.ts';
export { type Speaker, speakerOf } from './roles.ts';
export { splitReasoning } from './split-reasoning.ts';
