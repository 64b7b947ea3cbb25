import type { LanguageModel } from '../chat/index.ts';
import type { ChatMessage } from '../schema.ts';
import type { GenerateRequest, LoglikelihoodRequest } from './benchmark.ts';

type Request = GenerateRequest | LoglikelihoodRequest;

/**
 * Puts the system's message of a request at the beginning of the user's first turn, where the model's chat template
 * refuses a system's message, as Gemma's does.
 */
export function adaptSystem(model: Pick<LanguageModel, 'chatText'>, request: Request): Request {
  const [system, ...turns] = request.history ?? [];
  if (system?.role !== 'system' || !refusesSystem(model)) return request;
  const [first, ...rest] = turns;
  if (first === undefined) return { ...request, prompt: joined(system, request.prompt), history: [] };
  const user = { ...first, content: joined(system, first.content) };
  return { ...request, history: [user, ...rest] };
}

function joined({ content }: ChatMessage, text: string): string {
  return /\s$/.test(content) ? content + text : `${content}\n\n${text}`;
}

/** Reports whether a model's template writes a user's turn, and refuses a system's message before it. */
function refusesSystem(model: Pick<LanguageModel, 'chatText'>): boolean {
  if (!model.chatText) return false;
  const writes = (history: readonly ChatMessage[]) => {
    try {
      model.chatText?.('?', history);
      return true;
    } catch {
      return false;
    }
  };
  return !writes([{ role: 'system', content: '?' }]) && writes([]);
}
