import { describe, expect, test } from 'vitest';
import { asFinished } from '../../../src/chat/as-finished.ts';
import { cutAtStop } from '../../../src/chat/cut-at-stop.ts';
import { echoScore } from '../../../src/chat/echo-score.ts';
import { retryAfter } from '../../../src/chat/post-json.ts';
import { renderChat } from '../../../src/conversation/index.ts';

describe('a stop text', () => {
  test('ends the text before the first that occurs', () => {
    expect(cutAtStop('one\ntwo. three', ['.', '\n'])).toBe('one');
    expect(cutAtStop('.', ['.'])).toBe('');
    expect(cutAtStop('one two', ['.', '\n'])).toBeUndefined();
  });
});

describe('Retry-After', () => {
  test('is seconds or a date', () => {
    const now = Date.parse('2026-11-23T04:00:00Z');
    expect(retryAfter('2.5', now)).toBe(2500);
    expect(retryAfter('Mon, 23 Nov 2026 04:00:30 GMT', now)).toBe(30_000);
    expect(retryAfter('Mon, 23 Nov 2026 03:00:00 GMT', now)).toBe(0);
    expect(retryAfter('soon', now)).toBeUndefined();
    expect(retryAfter(null, now)).toBeUndefined();
  });
});

describe('an echoed text', () => {
  const echoed = (
    token_logprobs: (number | null)[],
    text_offset: number[],
    top_logprobs?: (Record<string, number> | null)[],
  ) =>
    ({ choices: [{ logprobs: { token_logprobs, text_offset, top_logprobs } }] }) as Parameters<
      typeof echoScore
    >[0];

  test('counts a token that spans the border, and none after the end', () => {
    // "ab" + "cd" as the tokens a, bc, d and one that was generated.
    const found = echoScore(echoed([null, -1, -2, -4], [0, 1, 3, 4]), 'ab', 'cd');
    expect(found).toEqual({ logprob: -3, tokens: 2 });
  });

  test('is greedy where each token that counts is the most likely one', () => {
    const tops = (last: number) => [null, { y: -0.5 }, { c: -2, x: -3 }, { d: last }, { e: -0.1 }];
    const echo = (last: number) => echoed([null, -1, -2, -2, -4], [0, 1, 2, 3, 4], tops(last));
    expect(echoScore(echo(-2), 'ab', 'cd')).toEqual({ logprob: -4, tokens: 2, greedy: true });
    expect(echoScore(echo(-1), 'ab', 'cd')).toEqual({ logprob: -4, tokens: 2, greedy: false });
  });

  test('without a probability is no score', () => {
    expect(() => echoScore(echoed([-1, null], [0, 2]), 'ab', 'cd')).toThrow('Cannot score');
    expect(() => echoScore(echoed([-1], [0, 2]), 'ab', 'cd')).toThrow('this one sent none');
  });
});

describe('results as they finish', () => {
  test('come in the order of finishing, and the first failure ends them', async () => {
    const seen: number[] = [];
    const run = async () => {
      const wait = async (ms: number) => {
        await new Promise(later => setTimeout(later, ms));
        if (ms === 60) throw new Error('sixty');
        return ms;
      };
      for await (const ms of asFinished([90, 30, 60, 1], wait)) seen.push(ms);
    };
    await expect(run()).rejects.toThrow('sixty');
    expect(seen).toEqual([1, 30]);
  });

  test('that are ready when one fails or all are stopped are given before the failure is', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const run = async (task: (item: number) => Promise<number>) => {
      for await (const item of asFinished([1, 2, 3], task, stop.signal)) {
        seen.push(item);
        // A reader that takes its time, as one that writes a file.
        await new Promise(later => setTimeout(later, 20));
      }
    };
    const third = (reason: () => never) => async (item: number) => {
      if (item < 3) return item;
      await new Promise(later => setTimeout(later, 5));
      return reason();
    };
    const failing = third(() => {
      throw new Error('three');
    });
    await expect(run(failing)).rejects.toThrow('three');
    expect(seen).toEqual([1, 2]);
    const stopping = third(() => {
      stop.abort(new Error('stopped'));
      throw stop.signal.reason;
    });
    await expect(run(stopping)).rejects.toThrow('stopped');
    expect(seen).toEqual([1, 2, 1, 2]);
  });

  test('of nothing are nothing', async () => {
    const seen = [];
    for await (const one of asFinished([], async () => 1)) seen.push(one);
    expect(seen).toEqual([]);
  });
});

describe('a chat template', () => {
  test('trims blocks as Transformers does, and may refuse', () => {
    const template = [
      '{%- for message in messages %}',
      "    {%- if message['role'] == 'system' %}",
      "        {{ raise_exception('no system turn') }}",
      '    {% endif %}',
      "[{{ message['role'] }}] {{ message['content'] | trim }}{{ eos_token }}",
      '{% endfor %}',
      '{% if add_generation_prompt %}[assistant]{% endif %}',
    ].join('\n');
    const render = (role: 'user' | 'system') =>
      renderChat(template, [{ role, content: ' Hi ' }], { eos: '</s>' });
    expect(render('user')).toBe('[user] Hi</s>\n[assistant]');
    expect(() => render('system')).toThrow(
      "Cannot write a conversation of system by the model's chat template: no system turn",
    );
  });
});
