import { expect, test } from 'vitest';
import { parseProcFiles, parsePs } from '../../../../src/evaluate/sandbox/process-usage.ts';

const STATUS = 'Name:\tnode\nVmPeak:\t 900 kB\nVmRSS:\t     200 kB\nThreads:\t7\n';

test('Linux counts memory in kibibytes and time in hundredths, after a name that may hold anything', () => {
  const stat =
    '71 (a) b (c) S 1 71 71 0 -1 4194560 12 0 0 0 250 31 0 0 20 0 7 0 99 1 50 18446744073709551615';
  expect(parseProcFiles(STATUS, stat)).toEqual({ memory: 204_800, processor: 2.81 });
});

test('a process that has ended uses nothing that can be measured', () => {
  expect(parseProcFiles('Name:\tnode\nState:\tZ (zombie)\n', '71 (node) Z 1 71')).toBe(null);
  expect(parseProcFiles(STATUS, '')).toBe(null);
  expect(parsePs('')).toBe(null);
});

test.each([
  ['  200   0:02.81', 2.81],
  ['200 01:02:03', 3723],
  ['200 2-01:00:00', 176_400],
])('ps writes %s', (line, processor) => {
  expect(parsePs(line)).toEqual({ memory: 204_800, processor });
});
