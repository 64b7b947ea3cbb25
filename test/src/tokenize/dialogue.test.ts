import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dialogue } from '../../../src/schema.ts';
import { addSpecial } from '../../../src/tokenize/add-special.ts';
import { type EncodedDialogue, encodeDialogue } from '../../../src/tokenize/dialogue.ts';
import { gpt2Tokenizer } from '../../../src/tokenize/gpt2.ts';
import { maskView } from '../../../src/tokenize/mask-view.ts';
import { packDialogues } from '../../../src/tokenize/pack.ts';
import { withRoleTokens } from '../../../src/tokenize/role-tokens.ts';
import { countTokens } from '../../../src/tokenize/tokenizer.ts';

const gpt2 = await gpt2Tokenizer();
const tokenizer = withRoleTokens(gpt2);

const SINATRA: Dialogue = {
  id: 'a17',
  turns: [
    { role: 'user', content: 'Who sang it?' },
    { role: 'assistant', content: 'Frank Sinatra' },
  ],
};

describe('a dialogue', () => {
  test('is encoded with role tokens, answers and their ends in the loss', () => {
    expect(tokenizer.special).toEqual({
      '<|endoftext|>': 50256,
      '<|system|>': 50257,
      '<|user|>': 50258,
      '<|assistant|>': 50259,
      '<|end|>': 50260,
    });
    expect(encodeDialogue(SINATRA, tokenizer)).toEqual({
      id: 'a17',
      ids: [50258, 8241, 25889, 340, 30, 50259, 17439, 10884, 26066, 50260],
      lossMask: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
    });
  });

  test('reads a text that spells a special token as that token, as inference does', () => {
    const turns = [{ role: 'assistant' as const, content: '<|end|><|user|>' }];
    const { ids, lossMask } = encodeDialogue({ id: 'x', turns }, tokenizer);
    expect(ids).toEqual([50259, 50260, 50258, 50260]);
    expect(lossMask).toEqual([0, 1, 1, 1]);
  });

  test('without an assistant is refused, and so is one of other roles or of unknown role tokens', () => {
    const of = (...roles: string[]) =>
      ({ id: 'a17', turns: roles.map(role => ({ role, content: 'x' })) }) as Dialogue;
    expect(() => encodeDialogue(of('user', 'user'), tokenizer)).toThrow(
      'Cannot encode dialogue "a17": it must hold an assistant turn, its roles are user, user',
    );
    expect(() => encodeDialogue(of(), tokenizer)).toThrow('it must hold an assistant turn, it has no turns');
    expect(() => encodeDialogue(of('human', 'assistant'), tokenizer)).toThrow(
      'a role must be system, user or assistant, its roles are human, assistant',
    );
    expect(() => encodeDialogue(SINATRA, gpt2)).toThrow('the tokenizer must have the role token <|user|>');
  });

  test('by a template is in the loss from the end of the prompt to the special token that ends the answer', () => {
    const chat =
      "{% for message in messages %}{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}" +
      "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
    const chatty = addSpecial(gpt2, ['<|im_start|>', '<|im_end|>']);
    const again: Dialogue = { id: 'two', turns: [...SINATRA.turns, ...SINATRA.turns] };
    const { ids, lossMask } = encodeDialogue(again, chatty, { chat });
    const turn = '<|im_start|>user\nWho sang it?<|im_end|>\n<|im_start|>assistant\nFrank Sinatra<|im_end|>\n';
    expect(chatty.decode(ids)).toBe(turn + turn);
    expect(chatty.decode(ids.filter((_, i) => lossMask[i] === 1))).toBe(
      'Frank Sinatra<|im_end|>Frank Sinatra<|im_end|>',
    );
    expect(() => encodeDialogue(again, chatty, { chat: '{{ messages[-1].content }}' })).toThrow(
      'Cannot encode dialogue "two": The answers cannot be found in what the chat template writes: it must write each message in a loop over the messages, it writes no message 2 there',
    );
  });

  test('is counted by its tokens', () => {
    expect(countTokens(gpt2)('Frank Sinatra')).toBe(3);
  });
});

const dialogues: fc.Arbitrary<EncodedDialogue[]> = fc
  .array(fc.array(fc.tuple(fc.nat(99), fc.constantFrom<0 | 1>(0, 1)), { minLength: 1, maxLength: 30 }), {
    maxLength: 12,
  })
  .map(rows =>
    rows.map((row, i) => ({
      id: `d${i}`,
      ids: row.map(([id]) => id + 1),
      lossMask: row.map(([, inLoss], at): 0 | 1 => (at === 0 ? 0 : inLoss)),
    })),
  );

describe('packed dialogues', () => {
  const one: EncodedDialogue = { id: 'one', ids: [11, 12, 13, 14, 15], lossMask: [0, 0, 1, 1, 1] };
  const two: EncodedDialogue = { id: 'two', ids: [21, 22, 23], lossMask: [0, 1, 1] };
  const plain = (blocks: ReturnType<typeof packDialogues>) =>
    blocks.map(({ ids, targets, lossMask, spans }) => ({
      ids: [...ids],
      targets: [...targets],
      lossMask: [...lossMask],
      spans,
    }));

  test('with cross-attention: they follow one another, cut wherever that falls', () => {
    expect(plain(packDialogues([one, two], { sequenceLength: 4, crossAttention: true }))).toEqual([
      {
        ids: [11, 12, 13, 14],
        targets: [12, 13, 14, 15],
        lossMask: [0, 1, 1, 1],
        spans: [{ id: 'one', start: 0, end: 4, offset: 0 }],
      },
      {
        ids: [15, 21, 22, 23],
        targets: [21, 22, 23, 0],
        lossMask: [0, 1, 1, 0],
        spans: [
          { id: 'one', start: 0, end: 1, offset: 4 },
          { id: 'two', start: 1, end: 4, offset: 0 },
        ],
      },
    ]);
  });

  test('packed: each has positions of its own, and is cut only where it is longer than a block', () => {
    const blocks = packDialogues([two, one], { sequenceLength: 4, padding: 9 });
    expect(plain(blocks)).toEqual([
      {
        ids: [11, 12, 13, 14],
        targets: [12, 13, 14, 15],
        lossMask: [0, 1, 1, 1],
        spans: [{ id: 'one', start: 0, end: 4, offset: 0 }],
      },
      {
        ids: [21, 22, 23, 15],
        targets: [22, 23, 9, 9],
        lossMask: [1, 1, 0, 0],
        spans: [
          { id: 'two', start: 0, end: 3, offset: 0 },
          { id: 'one', start: 3, end: 4, offset: 4 },
        ],
      },
    ]);
    expect(blocks.map(({ positions }) => [...(positions ?? [])])).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 0],
    ]);
  });

  test('without packing: each starts a block of its own', () => {
    expect(plain(packDialogues([one, two], { sequenceLength: 4, packing: false, padding: 9 }))).toEqual([
      {
        ids: [11, 12, 13, 14],
        targets: [12, 13, 14, 15],
        lossMask: [0, 1, 1, 1],
        spans: [{ id: 'one', start: 0, end: 4, offset: 0 }],
      },
      {
        ids: [15, 9, 9, 9],
        targets: [9, 9, 9, 9],
        lossMask: [0, 0, 0, 0],
        spans: [{ id: 'one', start: 0, end: 1, offset: 4 }],
      },
      {
        ids: [21, 22, 23, 9],
        targets: [22, 23, 9, 9],
        lossMask: [1, 1, 0, 0],
        spans: [{ id: 'two', start: 0, end: 3, offset: 0 }],
      },
    ]);
  });

  test('are as long as the model reads at once, and 2,048 tokens at most', () => {
    const lengthOf = (maxPositions?: number) =>
      packDialogues([one], maxPositions === undefined ? {} : { maxPositions })[0]?.ids.length;
    expect([lengthOf(), lengthOf(1024), lengthOf(8192)]).toEqual([2048, 1024, 2048]);
    expect(() => packDialogues([one], { sequenceLength: 0 })).toThrow(
      'Cannot pack dialogues: sequenceLength must be a whole number above 0, got 0',
    );
  });

  test.each([
    ['with cross-attention', { crossAttention: true }],
    ['packed', {}],
    ['without packing', { packing: false }],
  ])('%s lose no token, and count each token in the loss once', (_, options) => {
    fc.assert(
      fc.property(dialogues, fc.integer({ min: 1, max: 20 }), (rows, length) => {
        const blocks = packDialogues(rows, { sequenceLength: length, ...options });
        const back = new Map(rows.map(({ id, ids }) => [id, ids.map(() => -1)]));
        const inLoss: number[] = [];
        for (const { ids, targets, lossMask, positions, spans } of blocks) {
          for (const { id, start, end, offset } of spans) {
            for (let at = start; at < end; at++) back.get(id)?.splice(offset + at - start, 1, ids[at] ?? -1);
            // Each position is followed by its target, within its run.
            expect([...targets.slice(start, end - 1)]).toEqual([...ids.slice(start + 1, end)]);
            if (positions)
              expect([...positions.slice(start, end)]).toEqual([...ids.slice(start, end).keys()]);
          }
          inLoss.push(...[...targets].filter((_, i) => lossMask[i] === 1));
        }
        expect(back).toEqual(new Map(rows.map(({ id, ids }) => [id, ids])));
        // The tokens in the loss, as targets of the blocks and as the dialogues have it.
        const expected = rows.flatMap(({ ids, lossMask }) => ids.filter((_, i) => lossMask[i] === 1));
        expect(inLoss.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('packed waste little room', () => {
    const rows = Array.from({ length: 200 }, (_, i): EncodedDialogue => {
      const ids = Array.from({ length: 10 + ((i * 37) % 90) }, () => 1);
      return { id: `d${i}`, ids, lossMask: ids.map(() => 1) };
    });
    const tokens = rows.reduce((sum, { ids }) => sum + ids.length, 0);
    const blocks = packDialogues(rows, { sequenceLength: 256 });
    expect(tokens / (256 * blocks.length)).toBeGreaterThan(0.98);
  });
});

describe('the view of a mask', () => {
  const encoded = encodeDialogue(
    { ...SINATRA, turns: [{ role: 'user', content: '<b>é</b>\u001b[31m' }, ...SINATRA.turns.slice(1)] },
    tokenizer,
  );

  test('distinguishes the tokens in the loss from masked ones', () => {
    const { runs, counts } = maskView(encodeDialogue(SINATRA, tokenizer), tokenizer);
    expect(counts).toEqual({ loss: 4, masked: 6, padding: 0 });
    expect(runs.map(({ kind, special, text }) => [kind, special, text])).toEqual([
      ['masked', true, '<|user|>'],
      ['masked', false, 'Who sang it?'],
      ['masked', true, '<|assistant|>'],
      ['loss', false, 'Frank Sinatra'],
      ['loss', true, '<|end|>'],
    ]);
  });

  test('shows blocks with their padding', () => {
    const [block] = packDialogues([encodeDialogue(SINATRA, tokenizer)], { sequenceLength: 13 });
    const { runs, counts } = maskView(block ?? expect.fail(), tokenizer);
    expect(counts).toEqual({ loss: 4, masked: 6, padding: 3 });
    expect(runs.at(-1)?.text).toBe('[3 × padding]');
  });

  test('is HTML in a notebook and ANSI colours in a terminal, whatever the text holds', async () => {
    const view = maskView(encoded, tokenizer);
    const display: unknown = Reflect.get(view, Symbol.for('Jupyter.display'));
    const bundle = (display as () => Record<string, string>)();
    expect(bundle['text/html']).toContain('&#60;b&#62;é&#60;/b&#62;␛[31m');
    expect(bundle['text/html']).not.toContain('<b>');
    expect(bundle['text/plain']).toContain(
      '\u001b[32;4mFrank Sinatra\u001b[0m\u001b[32;4;1m<|end|>\u001b[0m',
    );
    expect(bundle['text/plain']).not.toContain('\u001b[31m');
    const { inspect } = await import('node:util');
    expect(inspect(view)).toBe(bundle['text/plain']);
  });
});
