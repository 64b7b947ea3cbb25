import { randomUUID } from 'node:crypto';
import { lossFigure } from '../figure/index.ts';
import { withDisplay } from '../notebook/index.ts';
import { describeProgress, progressLine } from '../runs/index.ts';
import { PLOTLY_MIME } from '../schema.ts';
import { type FollowedRun, type FollowOptions, followRun } from '../train/index.ts';

/** Symbol of the kernel's function that publishes an output of the calling cell. */
const PUBLISH = Symbol.for('Jupyter.publish');

/** A watched run: its status, again and again until it has ended. */
export interface WatchedRun extends AsyncIterable<FollowedRun> {
  /**
   * Draws the run's loss and progress here, and redraws them until the run has ended or this cell is interrupted: in
   * a notebook as a figure, elsewhere as a line.
   *
   * @throws as iterating does.
   */
  show(): Promise<void>;
}

/**
 * Watches a training run by the files in its folder: one of another cell, notebook or process, running or ended.
 * Closing the watcher loses nothing. As the last value of a cell, it displays the current status of the run.
 *
 * @throws {Error} when asked for the status, if no run starts there within `wait`.
 * @example
 * await watchRun('runs/first').show()
 * for await (const { rows } of watchRun('runs/first')) console.log(rows.at(-1)?.loss)
 */
export function watchRun(folder: string, options: FollowOptions = {}): WatchedRun {
  const follow = () => followRun(folder, options);
  const watched: WatchedRun = {
    [Symbol.asyncIterator]: follow,
    show: async () => {
      const draw = publisher() ?? lineDrawer();
      for await (const run of follow()) draw(run);
    },
  };
  return withDisplay(watched, async () => {
    const { value: run } = await follow().next();
    return run ? bundleOf(run) : {};
  });
}

/** Draws into the calling cell, each time in place of the last drawing; undefined outside of a notebook. */
function publisher(): ((run: FollowedRun) => void) | undefined {
  const publish: unknown = Reflect.get(globalThis, PUBLISH);
  if (typeof publish !== 'function') return undefined;
  const transient = { display_id: randomUUID() };
  let type = 'display_data';
  return run => {
    publish({ output_type: type, data: bundleOf(run), metadata: {}, transient });
    type = 'update_display_data';
  };
}

function lineDrawer(): (run: FollowedRun) => void {
  const draw = progressLine();
  return ({ state, rows, status }) => {
    const { tokens: done = 0, loss } = rows.at(-1) ?? {};
    const note = [...(loss === undefined ? [] : [`train loss ${loss.toFixed(3)}`]), status].join(', ');
    draw({ task: state.task, done, total: status === 'running' ? state.tokens : done, unit: 'tokens', note });
  };
}

/** Makes the figure; its title states the progress, since a notebook shows only one form of a value. */
function bundleOf(run: FollowedRun): Record<string, unknown> {
  const { rows, samples, state } = run;
  const { data, layout } = lossFigure(rows, { title: titleOf(run), steps: state.steps, samples });
  return { [PLOTLY_MIME]: { data, layout }, 'text/plain': [titleOf(run), ...latestAnswers(run)].join('\n') };
}

/** Lists the answers at the latest step at which prompts were answered, each on a line. */
function latestAnswers({ samples }: FollowedRun): string[] {
  const latest = samples.at(-1)?.step;
  return samples
    .filter(({ step }) => step === latest)
    .map(({ step, prompt, text, error }) => {
      const answer = text ?? `(${error?.message ?? 'none'})`;
      return `step ${step}: ${JSON.stringify(prompt)} → ${JSON.stringify(answer)}`;
    });
}

/** `fine-tune: step 40 of 120, loss 1.204, 3,200 tokens/s, 12 s left`, or the status of a run that has ended. */
function titleOf({ state, status, rows }: FollowedRun): string {
  const row = rows.at(-1);
  const best = state.best ? `, best eval loss ${state.best.loss.toFixed(3)} at step ${state.best.step}` : '';
  if (!row) return `${state.task}: ${status}`;
  const { tokens, tokensPerSecond, loss, step } = row;
  const progress = { task: state.task, done: tokens, total: state.tokens, unit: 'tokens' };
  const position = `step ${step} of ${state.steps}, train loss ${loss.toFixed(3)}${best}`;
  if (status !== 'running') return `${state.task}: ${status}, ${position}`;
  // The rate of the latest step: how long others have watched does not matter.
  return `${describeProgress({ ...progress, note: position }, tokens / tokensPerSecond)}`;
}
