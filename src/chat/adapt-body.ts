import type { ServerCall } from './completion.ts';

type Body = ServerCall['body'];

/** Change of a call's form, which asks the same, for servers that refuse the usual one. */
export interface Adaptation {
  /** Words of a refusal that the change answers. */
  refusal: RegExp;
  /** Returns the changed body; undefined where there is nothing to change. */
  change(body: Body): Body | undefined;
}

/** Number of most likely tokens that every server that reports any reports. */
const FEWEST_TOP_LOGPROBS = 5;

/** Changes that a refusal can ask for; a model that reasons has its limit under another name, and some only stream. */
export const ADAPTATIONS: readonly Adaptation[] = [
  {
    refusal: /max_tokens[\s\S]*max_completion_tokens/,
    change: body => renamed(body, 'max_tokens', 'max_completion_tokens'),
  },
  {
    refusal: /max_completion_tokens/,
    change: body => renamed(body, 'max_completion_tokens', 'max_tokens'),
  },
  {
    // Some servers report fewer tokens than OpenAI's 20.
    refusal: /top_logprobs|max_logprobs/,
    change: body =>
      typeof body.top_logprobs === 'number' && body.top_logprobs > FEWEST_TOP_LOGPROBS
        ? { ...body, top_logprobs: FEWEST_TOP_LOGPROBS }
        : undefined,
  },
  {
    refusal: /\bstream/i,
    change: body =>
      body.stream === undefined
        ? { ...body, stream: true, stream_options: { include_usage: true } }
        : undefined,
  },
];

function renamed(whole: Body, from: string, to: string): Body | undefined {
  const { [from]: value, ...body } = whole;
  return value === undefined || to in body ? undefined : { ...body, [to]: value };
}
