import { describe, expect, test, vi } from 'vitest';
import { type AnnotationLog, sidecarPath } from '../../extension/src/rating/annotation-log.ts';
import { answerPairs, drawnFor } from '../../extension/src/rating/answer-pairs.ts';
import { RatingModel } from '../../extension/src/rating/rating-model.ts';
import { type Outbox, Sidecar } from '../../extension/src/rating/sidecar.ts';
import type { SidecarFile } from '../../extension/src/rating/sidecar-file.ts';
import type { Annotation, Comparison, RatingTask } from '../../src/schema.ts';

const comparison = (pairs: number, rating: RatingTask = {}): Comparison => ({
  version: 1,
  rating,
  answers: [
    { id: 't', label: 'Teacher', role: 'teacher' },
    { id: 'i', label: 'Imitator', role: 'imitation' },
  ],
  items: Array.from({ length: pairs }, (_, n) => ({
    promptId: `p${n}`,
    prompt: `Question ${n}`,
    answers: { t: { text: `true ${n}` }, i: { text: `fluent ${n}` } },
  })),
});

/** Lines in memory, as long as a browser lives. */
function lines(annotations: Annotation[] = []): AnnotationLog & { annotations: Annotation[] } {
  const listeners = new Set<() => void>();
  return {
    path: 'a.annotations.jsonl',
    annotations,
    unsaved: 0,
    problem: null,
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    append: annotation => {
      annotations.push(annotation);
      for (const listener of listeners) listener();
    },
    refresh: async () => {},
  };
}

/** A model whose clock ticks by a second a line, and whose ids count. */
function rater(log: AnnotationLog, annotator: string, data: Comparison): RatingModel {
  return new RatingModel(data, log, annotator, {
    now: () => new Date(1000 * log.annotations.length),
    newId: () => String(log.annotations.length),
  });
}

describe('pairs for a rater', () => {
  test('are every answer beside the teacher’s, without those that lack one', () => {
    const data = comparison(2);
    delete data.items[1]?.answers.i;
    data.answers.push({ id: 'o', label: 'Other', role: 'other' });
    for (const item of data.items) item.answers.o = { text: 'other' };
    expect(answerPairs(data).map(({ promptId, right }) => [promptId, right.id])).toEqual([
      ['p0', 'i'],
      ['p0', 'o'],
      ['p1', 'o'],
    ]);
  });

  test('are drawn separately for each annotator, and the same when one comes back', () => {
    const pairs = answerPairs(comparison(200));
    const [ada, again, ben] = ['ada', 'ada', 'ben'].map(name => drawnFor(name, pairs));
    expect(again).toEqual(ada);
    expect(ben?.map(({ key }) => key)).not.toEqual(ada?.map(({ key }) => key));
    const teacherLeft = ada?.filter(({ left }) => left.id === 't').length ?? 0;
    // Within four standard deviations of a half.
    expect(Math.abs(teacherLeft - 100)).toBeLessThan(29);
    const sides = new Map(ben?.map(({ key, left }) => [key, left.id]));
    expect(ada?.some(({ key, left }) => sides.get(key) !== left.id)).toBe(true);
  });
});

describe('a rater', () => {
  test('votes pair by pair, each with the order in which it was displayed', () => {
    const log = lines();
    const model = rater(log, 'ada', comparison(2));
    const { step } = model.state;
    if (step.kind !== 'rating') throw new Error(step.kind);
    model.vote('left');
    expect(log.annotations[0]).toMatchObject({
      kind: 'rating',
      annotator: 'ada',
      promptId: step.pair.promptId,
      left: step.pair.left.id,
      right: step.pair.right.id,
      choice: 'left',
      contentHash: step.pair.contentHash,
      at: '1970-01-01T00:00:00.000Z',
    });
    expect(model.state).toMatchObject({ rated: 1, total: 2, canUndo: true });
    model.vote('tie');
    expect(model.state.step.kind).toBe('done');
    model.vote('tie');
    expect(log.annotations).toHaveLength(2);
  });

  test('takes the latest vote back and sees the same pair on the same sides', () => {
    const log = lines();
    const model = rater(log, 'ada', comparison(5));
    const before = model.state.step;
    model.vote('bad');
    model.undo();
    expect(model.state.step).toEqual(before);
    expect(model.state).toMatchObject({ rated: 0, canUndo: false });
    expect(log.annotations.map(({ kind }) => kind)).toEqual(['rating', 'undo']);
  });

  test('resumes where another browser stopped', () => {
    const log = lines();
    rater(log, 'ada', comparison(3)).vote('left');
    const again = rater(lines([...log.annotations]), 'ada', comparison(3));
    expect(again.state).toMatchObject({ rated: 1, total: 3 });
  });

  test('is spared pairs that have their raters, but not the one being read', () => {
    const log = lines();
    const ada = rater(log, 'ada', comparison(1, { raters: 1 }));
    const ben = rater(log, 'ben', comparison(1, { raters: 1 }));
    ada.vote('left');
    expect(ben.state.step.kind).toBe('rating');
    expect(rater(log, 'cy', comparison(1, { raters: 1 })).state).toMatchObject({
      step: { kind: 'done' },
      total: 0,
    });
  });

  test('cannot vote or undo once names are shown, in whatever browser', () => {
    const log = lines();
    const model = rater(log, 'ada', comparison(1));
    model.reveal();
    expect(log.annotations).toEqual([]);
    model.vote('left');
    model.reveal();
    model.undo();
    model.vote('right');
    expect(log.annotations.map(({ kind }) => kind)).toEqual(['rating', 'reveal']);
    expect(rater(log, 'ada', comparison(1)).state).toMatchObject({
      step: { kind: 'revealed' },
      canUndo: false,
    });
    expect(rater(log, 'ben', comparison(1)).state.step.kind).toBe('rating');
  });

  test('sees names after each vote where the task says so, and the vote is final', () => {
    const log = lines();
    const model = rater(log, 'ada', comparison(2, { reveal: 'item' }));
    model.vote('right');
    expect(model.state).toMatchObject({ step: { kind: 'named', choice: 'right' }, canUndo: false });
    model.undo();
    model.vote('left');
    expect(log.annotations).toHaveLength(1);
    model.next();
    expect(model.state.step.kind).toBe('rating');
  });

  test('rates again what is no longer the same text', () => {
    const log = lines();
    const model = rater(log, 'ada', comparison(1));
    model.vote('left');
    const changed = comparison(1);
    if (changed.items[0]) changed.items[0].answers.i = { text: 'new' };
    model.update(changed);
    expect(model.state).toMatchObject({ rated: 0, total: 1, step: { kind: 'rating' } });
  });
});

/** The server's file; `appends` says whether its server knows how to. */
function file(appends = true): SidecarFile & { text: string; down: boolean } {
  const size = (text: string) => new TextEncoder().encode(text).length;
  return {
    path: 'a.annotations.jsonl',
    text: '',
    down: false,
    async read() {
      return { text: this.text, size: size(this.text) };
    },
    async append(text) {
      if (this.down) throw new Error('Failed to fetch');
      this.text = appends ? this.text + text : text;
      return size(this.text);
    },
    async write(text) {
      this.text = text;
    },
  };
}

function outbox(): Outbox & { length: number } {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: index => [...kept.keys()][index] ?? null,
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: key => void kept.delete(key),
  };
}

const undo = (id: string): Annotation => ({ kind: 'undo', id, at: '2026-01-01T00:00:00Z' });
const ids = (text: string) =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line).id);

describe.each([true, false])('a sidecar whose server can append: %s', appends => {
  test('keeps what two browsers write by turns', async () => {
    const server = file(appends);
    const [one, two] = [new Sidecar(server, outbox()), new Sidecar(server, outbox())];
    await Promise.all([one.open(), two.open()]);
    for (const [n, sidecar] of [one, two, one, two].entries()) {
      sidecar.append(undo(String(n)));
      await expect.poll(() => sidecar.unsaved).toBe(0);
    }
    await Promise.all([one.refresh(), two.refresh()]);
    one.append(undo('4'));
    await expect.poll(() => one.unsaved).toBe(0);
    expect(new Set(ids(server.text))).toEqual(new Set(['0', '1', '2', '3', '4']));
  });

  test('sends what a killed browser could not, once', async () => {
    const server = file(appends);
    const storage = outbox();
    server.down = true;
    const killed = new Sidecar(server, storage);
    await killed.open();
    killed.append(undo('1'));
    await expect.poll(() => killed.problem).toBe('Failed to fetch');
    killed.dispose();
    server.down = false;
    const again = new Sidecar(server, storage);
    await again.open();
    await expect.poll(() => again.unsaved).toBe(0);
    expect(ids(server.text)).toEqual(['1']);
    expect(storage.length).toBe(0);
  });
});

test('a vote that is given while the one before is sent overwrites nothing of others', async () => {
  const server = file();
  const replaced = vi.spyOn(server, 'write');
  const [one, two] = [new Sidecar(server, outbox()), new Sidecar(server, outbox())];
  await Promise.all([one.open(), two.open()]);
  // Each reads the file again, since its size is not the expected one.
  for (const vote of ['0', '1', '2', '3', '4']) {
    for (const [name, sidecar] of Object.entries({ one, two })) sidecar.append(undo(`${name} ${vote}`));
    await Promise.resolve();
  }
  for (const sidecar of [one, two]) await expect.poll(() => sidecar.unsaved).toBe(0);
  expect(new Set(ids(server.text)).size).toBe(10);
  expect(ids(server.text)).toHaveLength(10);
  expect(replaced).not.toHaveBeenCalled();
});

test('the sidecar is beside the comparison or the notebook', () => {
  expect(['a/b.compare.jsonl', 'b.compare.json', 'c.ipynb', 'd.jsonl'].map(sidecarPath)).toEqual([
    'a/b.annotations.jsonl',
    'b.annotations.jsonl',
    'c.annotations.jsonl',
    'd.annotations.jsonl',
  ]);
});
