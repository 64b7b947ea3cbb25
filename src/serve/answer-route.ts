import { randomInt, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { MOST_ANSWERS } from './answer-fields.ts';
import { type AnswerFormat, usageOf } from './answer-format.ts';
import { badField, errorBody } from './api-error.ts';
import type { ReadRequest } from './completion-request.ts';
import { eventStream } from './event-stream.ts';
import type { Answered, Job } from './job.ts';
import type { JobQueue } from './job-queue.ts';

/** Facts about a request once it was answered. */
export interface AnswerFacts {
  answers: number;
  /** Undefined where the model does not report them. */
  promptTokens?: number | undefined;
  completionTokens?: number | undefined;
  /** Reason why a started stream was not finished. */
  error?: string;
}

/** Source of answers, and the observer of requests. */
export interface AnswerContext {
  /** The model's name. */
  model: string;
  queue: JobQueue;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
  onAnswered: (facts: AnswerFacts) => void;
}

/**
 * Answers a request for completions or chat, whole or as a stream.
 *
 * @throws {ApiError} if there is no answer; a started stream reports it as an event.
 */
export async function answerRoute(
  request: ReadRequest,
  format: AnswerFormat,
  context: AnswerContext,
): Promise<Response> {
  requireFew(request);
  const { settings, stream, n, streamUsage } = request;
  const { model, queue, signal, onAnswered } = context;
  const withLogprobs = settings.logprobs !== undefined;
  const head = { id: `${format.prefix}${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
  // Where one answer of a request fails, or a stream is left, the others are not needed.
  const left = new AbortController();
  const either = AbortSignal.any([signal, left.signal]);
  // Every answer of the request listens to it.
  setMaxListeners(0, either);
  const jobs = jobsOf(request, either);

  function finished(answers: readonly Answered[]): object {
    const usage = usageOf(answers, n);
    onAnswered({
      answers: answers.length,
      promptTokens: usage?.prompt_tokens,
      completionTokens: usage?.completion_tokens,
    });
    return usage ? { usage } : {};
  }

  if (!stream) {
    try {
      const answers = await Promise.all(queue.ask(jobs));
      const choices = answers.map((answer, index) => format.choice(answer, index, withLogprobs));
      return Response.json({ ...head, object: format.object, choices, ...finished(answers) });
    } finally {
      left.abort();
    }
  }

  const events = eventStream(() => left.abort());
  const send = (choices: object[], usage: object = streamUsage ? { usage: null } : {}) =>
    events.send({ ...head, object: format.chunkObject, choices, ...usage });
  const streamed = jobs.map((job, index) => ({
    ...job,
    onPiece: (piece: Parameters<AnswerFormat['piece']>[0]) =>
      send([format.piece(piece, index, withLogprobs)]),
  }));
  const answers = queue.ask(streamed).map(async (answered, index) => {
    if (format.opening) send([format.opening(index)]);
    const answer = await answered;
    send([format.closing(answer.finish, index)]);
    return answer;
  });
  Promise.all(answers).then(
    all => {
      const usage = finished(all);
      if (streamUsage) send([], usage);
      events.end(true);
    },
    error => {
      left.abort();
      onAnswered({ answers: 0, error: (error as Error).message });
      events.send(errorBody(error));
      events.end(false);
    },
  );
  return events.response;
}

function requireFew({ prompts, n }: ReadRequest): void {
  if (prompts.length * n <= MOST_ANSWERS) return;
  throw badField(
    n > 1 ? 'n' : 'prompt',
    `At most ${MOST_ANSWERS} answers to a request are given, ${prompts.length * n} were asked for`,
  );
}

/** Makes a job for each answer; the answers to one prompt have seeds of their own. */
function jobsOf(
  { prompts, settings, n, seed = randomInt(2 ** 32) }: ReadRequest,
  signal: AbortSignal,
): Job[] {
  return prompts.flatMap(prompt =>
    Array.from({ length: n }, (_, sample) => ({
      ...settings,
      prompt,
      signal,
      seed: (seed + sample) % 2 ** 32,
    })),
  );
}
