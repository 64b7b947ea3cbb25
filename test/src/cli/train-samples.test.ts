import { expect, test } from 'vitest';
import { samplesText } from '../../../src/cli/run/train-samples.ts';

const ROW = {
  ...{ step: 20, epoch: 1, tokens: 1, lossTokens: 1, loss: 2.34567, learningRate: 1, gradNorm: 1 },
  ...{ tokensPerSecond: 1, memory: 1 },
};

test('samples are printed below the losses of their step, beside the answer to compare with', () => {
  const error = { kind: 'rejected' as const, message: 'too long' };
  const text = samplesText({ ...ROW, evalLoss: 2.5 }, [
    { step: 20, promptId: 'a', prompt: 'Why?', text: 'Since\nso', reference: 'Because' },
    { step: 20, promptId: 'b', prompt: 'x', text: null, error },
  ]);
  expect(text.trimStart()).toBe(
    [
      'step 20: train loss 2.346, eval loss 2.500',
      '  a: Why?',
      '    answer: Since\n      so',
      '    reference: Because',
      '  b: x',
      '    answer: (too long)',
    ].join('\n'),
  );
  expect(samplesText(ROW, []).trimStart()).toBe('step 20: train loss 2.346');
});
