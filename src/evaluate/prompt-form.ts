import type { LanguageModel } from '../chat/index.ts';
import { hashOf } from '../files/index.ts';
import { adaptSystem } from './adapt-system.ts';
import { type Benchmark, buildRequest } from './benchmark.ts';
import { findPromptFormat, type PromptFormat } from './prompt-format.ts';

/** Form in which a benchmark asked a model. */
export interface PromptForm {
  /** `recorded` of predictions from a file, whose prompts are not known. */
  promptFormat: PromptFormat | 'recorded';
  /** Examples in each prompt. */
  shots: number;
  /** Version of the benchmark's prompts and scores, with that of its scorer; none of results before 0.2. */
  version?: string;
  /** Digest of the benchmark's first request in this format, before role tokens: the same for every model. */
  promptDigest?: string;
  /** Digest of what the model's chat template writes of it; none of raw text, nor where the model does not show it. */
  templateDigest?: string;
}

/** Digits of a digest, enough to distinguish forms. */
const DIGITS = 16;

/**
 * Describes the form in which a model is asked: of a benchmark without examples, the formats of a chat are one.
 *
 * @throws {RangeError} if the format needs the examples apart, and the benchmark's prompt is one text.
 */
export function promptForm<Item extends { id: string }>(
  model: Pick<LanguageModel, 'chatText'>,
  benchmark: Benchmark<Item>,
  wanted: PromptFormat = 'raw',
): PromptForm & { promptFormat: PromptFormat } {
  const { isChat, showsExamples } = findPromptFormat(wanted);
  const promptFormat = isChat && benchmark.shots === 0 ? 'chat' : wanted;
  const { version, scorer, items } = benchmark;
  const [first] = items;
  const request = first && buildRequest(benchmark, first, promptFormat);
  const { prompt = '', history } = request ? adaptSystem(model, request) : {};
  const written = isChat ? textOrNone(() => model.chatText?.(prompt, history)) : undefined;
  return {
    promptFormat,
    shots: showsExamples ? benchmark.shots : 0,
    version: scorer === undefined ? version : `${version}, ${scorer}`,
    promptDigest: digestOf(request ?? null),
    ...(written !== undefined && { templateDigest: digestOf(written) }),
  };
}

function digestOf(value: unknown): string {
  return hashOf(value).slice(0, DIGITS);
}

/** Returns undefined where a template refuses the prompt: each answer will say why. */
function textOrNone(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return undefined;
  }
}
