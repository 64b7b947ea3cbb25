import { expect, test } from 'vitest';
import { requireSameSettings } from '../../../src/runs/index.ts';

test('requireSameSettings() names the first setting that differs', () => {
  const before = { seed: 0, lora: { rank: 4, alpha: 8 } };
  const require = (now: object) => requireSameSettings('the run', before, { ...now }, 'delete it');
  expect(() => require({ seed: 0, lora: { rank: 4, alpha: 9 } })).toThrow(
    'the run was started with lora {"rank":4,"alpha":8}, got {"rank":4,"alpha":9}: delete it',
  );
  expect(() => require({ lora: { rank: 4, alpha: 8 } })).toThrow('seed 0, got unset');
  expect(() => require({ ...before, dropout: 0.1 })).toThrow('dropout unset, got 0.1');
});

test('requireSameSettings() does not depend on the order in which names are stated', () => {
  requireSameSettings(
    'the run',
    { lora: { rank: 4, alpha: 8 }, seed: 0 },
    { seed: 0, lora: { alpha: 8, rank: 4 } },
  );
});
