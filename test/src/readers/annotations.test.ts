import { describe, expect, test } from 'vitest';
import { parseAnnotations } from '../../../src/readers/index.ts';
import type { Annotation } from '../../../src/schema.ts';
import { pairHash } from '../../../src/text/index.ts';

const rating = (id: string, at: string, choice: 'left' | 'right'): Annotation => ({
  kind: 'rating',
  id,
  promptId: '7',
  annotator: 'ann',
  left: 'teacher',
  right: 'imitation',
  choice,
  contentHash: pairHash('Canberra.', 'Sydney.'),
  at,
});
const label = (id: string, at: string, truth: 'correct' | 'incorrect'): Annotation => ({
  kind: 'label',
  id,
  promptId: '7',
  model: 'imitation',
  start: 0,
  end: 7,
  quote: 'Sydney.',
  label: truth,
  annotator: 'ann',
  source: 'human',
  contentHash: '0',
  at,
});
const read = (...annotations: object[]) =>
  parseAnnotations(annotations.map(row => `${JSON.stringify(row)}\n`).join(''), 'a.annotations.jsonl');

describe('the sidecar of a comparison', () => {
  test('gives every vote, the earliest first, and none that was undone', () => {
    const { ratings } = read(
      rating('3', '2026-03-03T00:00:00Z', 'right'),
      rating('1', '2026-01-01T00:00:00Z', 'left'),
      rating('2', '2026-02-02T00:00:00Z', 'left'),
      { kind: 'undo', id: '2', at: '2026-02-03T00:00:00Z' },
    );
    expect(ratings.map(({ at, choice }) => [at.slice(0, 10), choice])).toEqual([
      ['2026-01-01', 'left'],
      ['2026-03-03', 'right'],
    ]);
    expect(ratings[0]).not.toHaveProperty('kind');
  });

  test('counts a line once that two windows wrote', () => {
    expect(read(rating('1', '', 'left'), rating('1', '', 'left')).ratings).toHaveLength(1);
  });

  test('gives the latest label of a span, whichever line comes last', () => {
    const { labels } = read(
      label('2', '2026-02-02T00:00:00Z', 'incorrect'),
      label('1', '2026-01-01T00:00:00Z', 'correct'),
    );
    expect(labels).toEqual([
      {
        promptId: '7',
        model: 'imitation',
        start: 0,
        end: 7,
        quote: 'Sydney.',
        label: 'incorrect',
        annotator: 'ann',
        source: 'human',
      },
    ]);
  });

  test('names the line and the value that is no annotation', () => {
    expect(() => read(rating('1', '', 'left'), { ...rating('2', '', 'left'), choice: 'first' })).toThrow(
      'Cannot read a.annotations.jsonl:2/choice: what the schema says (must be equal to one of the allowed values (left, right, tie, bad)) is required, found "first"',
    );
    expect(() => read({ kind: 'note', id: '1', at: '' })).toThrow('a.annotations.jsonl:1');
  });
});

test('the hash of a pair does not depend on the side of a text, and distinguishes texts', () => {
  expect(pairHash('a', 'b')).toBe(pairHash('b', 'a'));
  expect(pairHash('a', 'b c')).not.toBe(pairHash('a b', 'c'));
});
