import { describe, expect, test } from 'vitest';
import type { Rating } from '../../../src/schema.ts';
import {
  latestRatings,
  majorityVotes,
  summarizePreference,
  summarizeRatings,
} from '../../../src/stats/index.ts';

/** A rating of a teacher's and an imitation's answer, shown in this order. */
const rating = (annotator: string, choice: Rating['choice'], more: Partial<Rating> = {}): Rating => ({
  promptId: '1',
  annotator,
  left: 'imitation',
  right: 'teacher',
  choice,
  contentHash: 'h',
  at: '',
  ...more,
});
const flipped = { left: 'teacher', right: 'imitation' };

describe('the ratings that count', () => {
  test('are an annotator’s latest, whichever answer was on the left then', () => {
    const early = rating('ann', 'left', { at: '2026-01-01T00:00:00Z' });
    const late = rating('ann', 'left', { at: '2026-01-02T00:00:00Z', ...flipped });
    expect(latestRatings([late, early])).toEqual([late]);
    expect(latestRatings([early, rating('ben', 'tie')])).toHaveLength(2);
  });

  test('are those on the texts that were rated last', () => {
    const old = rating('ann', 'left', { contentHash: 'old', at: '2026-01-01T00:00:00Z' });
    const other = rating('ben', 'right', { contentHash: 'new', at: '2026-01-02T00:00:00Z' });
    const elsewhere = rating('ann', 'left', { promptId: '2', contentHash: 'old' });
    expect(latestRatings([old, other, elsewhere])).toEqual([elsewhere, other]);
  });
});

describe('the majority vote', () => {
  test('resolves left and right to the answers', () => {
    const votes = majorityVotes([
      rating('ann', 'left'),
      rating('ben', 'right', flipped),
      rating('cat', 'right'),
    ]);
    expect(votes).toEqual([
      {
        promptId: '1',
        a: 'imitation',
        b: 'teacher',
        winner: 'a',
        evidence: 'live',
        choices: { a: 2, b: 1, tie: 0, bad: 0 },
      },
    ]);
  });

  test('of two raters distinguishes a tie that both chose from a disagreement', () => {
    const other = { promptId: '2' };
    const votes = majorityVotes([
      rating('ann', 'tie'),
      rating('ben', 'tie'),
      rating('ann', 'left', other),
      rating('ben', 'right', other),
    ]);
    expect(votes.map(({ winner, disagreement = false }) => [winner, disagreement])).toEqual([
      ['tie', false],
      ['tie', true],
    ]);
    expect(summarizePreference(votes)).toMatchObject({ ties: 2, disagreements: 1 });
  });

  test('is a tie where three raters all differ, or none if asked so', () => {
    const ratings = [rating('ann', 'left'), rating('ben', 'right'), rating('cat', 'tie')];
    expect(majorityVotes(ratings)).toMatchObject([{ winner: 'tie' }]);
    expect(majorityVotes(ratings, { disagreement: 'unscored' })).toMatchObject([
      { winner: null, reason: 'no choice has a majority' },
    ]);
  });

  test('needs more than half: two of four are none', () => {
    const four = ['left', 'left', 'tie', 'right'] as const;
    expect(majorityVotes(four.map((choice, index) => rating(`${index}`, choice)))[0]?.winner).toBe('tie');
  });

  test('for “both are unusable” is no outcome, or a tie if asked so', () => {
    const ratings = [rating('ann', 'bad'), rating('ben', 'bad'), rating('cat', 'left')];
    expect(majorityVotes(ratings)).toMatchObject([{ winner: null, reason: 'both answers are unusable' }]);
    expect(majorityVotes(ratings, { bad: 'tie' })).toMatchObject([{ winner: 'tie' }]);
  });
});

describe('the summary of preferences', () => {
  const outcome = (promptId: string, winner: 'a' | 'b' | 'tie' | null) =>
    ({ promptId, a: 'imitation', b: 'teacher', winner, evidence: 'public' }) as const;

  test('counts wins, ties and losses, and leaves out what has no outcome', () => {
    const outcomes = [outcome('1', 'a'), outcome('2', 'tie'), outcome('3', 'b'), outcome('4', 'b')];
    const summary = summarizePreference([...outcomes, outcome('5', null)]);
    expect(summary).toMatchObject({
      model: 'imitation',
      others: ['teacher'],
      wins: 1,
      ties: 1,
      losses: 2,
      unscored: 1,
      n: 4,
      equalOrBetter: { value: 0.5, n: 4 },
      win: { value: 0.25 },
      tie: { value: 0.25 },
      loss: { value: 0.5 },
      winRate: { value: 0.375, n: 4 },
    });
    // Wilson's interval of 2 in 4.
    expect(summary.equalOrBetter.low).toBeCloseTo(0.150039, 6);
    expect(summary.equalOrBetter.high).toBeCloseTo(0.849961, 6);
    expect(summary.winRate.low).toBeLessThan(0.375);
  });

  test('looks from the other side where the other model is asked about', () => {
    const outcomes = [outcome('1', 'a'), outcome('2', 'tie')];
    expect(summarizePreference(outcomes, { model: 'teacher' })).toMatchObject({
      wins: 0,
      ties: 1,
      losses: 1,
      equalOrBetter: { value: 0.5 },
    });
    expect(() => summarizePreference(outcomes, { model: 'alpaca' })).toThrow(
      'Cannot count how often alpaca is preferred: each pair must hold its answer, found imitation and teacher of prompt 1',
    );
  });

  test('has no share of nothing', () => {
    expect(summarizePreference([]).equalOrBetter).toEqual({ value: null, low: null, high: null, n: 0 });
  });
});

describe('the summary of ratings', () => {
  const raters = ['ann', 'ben', 'cat'];
  const item = (promptId: string, choices: Rating['choice'][]) =>
    choices.map((choice, index) => rating(raters[index] ?? '', choice, { promptId }));

  test('has the paper’s mean and deviation over prompts and over raters, and the agreement', () => {
    const summary = summarizeRatings([
      ...item('1', ['left', 'left', 'tie']),
      ...item('2', ['right', 'right', 'right']),
      rating('ann', 'right', { promptId: '2', at: '2026-01-01T00:00:00Z' }),
    ]);
    expect(summary).toMatchObject({
      ...{ wins: 1, ties: 0, losses: 1, n: 2, annotators: 3, ratings: 6, superseded: 1 },
      ...{ bad: 0, disagreements: 0 },
      overPrompts: { mean: 0.5, n: 2 },
      overAnnotators: { mean: 0.5, sd: 0, n: 3 },
    });
    expect(summary.overPrompts.sd).toBeCloseTo(Math.SQRT1_2, 12);
    // As for Fleiss' κ by hand: pairs that agree 1/3 and 1, by chance (2² + 1² + 3²) / 36.
    expect(summary.fleissKappa?.value).toBeCloseTo(10 / 22, 12);
    // Krippendorff's α: off the diagonal 2 of the coincidences found, 22 / (6 − 1) expected.
    expect(summary.krippendorffAlpha.value).toBeCloseTo(12 / 22, 12);
  });

  test('leaves Fleiss’ κ out where not all pairs have as many ratings', () => {
    const summary = summarizeRatings([...item('1', ['left', 'bad', 'tie']), ...item('2', ['bad', 'bad'])]);
    expect(summary).toMatchObject({ ties: 1, unscored: 1, bad: 3, disagreements: 1, fleissKappa: null });
  });
});
