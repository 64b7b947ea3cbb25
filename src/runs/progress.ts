/** How far a long task is. */
export interface Progress {
  /** What is being done, such as `fetch fastchat-80`. */
  task: string;
  /** Units done, of {@link Progress.total}. */
  done: number;
  total: number;
  /** What is counted, such as `files`, `bytes` or `tokens`. */
  unit: string;
  /** What else there is to say now, such as `loss 2.31`. */
  note?: string;
  /** Seconds left, where that is known better than by the units done. */
  secondsLeft?: number;
}

/** Receives progress: at the beginning, after each step and at the end. */
export type OnProgress = (progress: Progress) => void;

/** Shortest time between two drawings of a progress line, in milliseconds. */
const REDRAW = 100;

/**
 * Draws progress as one line that overwrites itself, with rate and time left: on a terminal and in a
 * notebook's output alike, where a carriage return starts the line again.
 *
 * @param write takes the text; default standard error.
 * @param now the time in milliseconds.
 * @example
 * await fetchRecord('fastchat/gpt35', { onProgress: progressLine() })
 */
export function progressLine(
  write: (text: string) => void = text => process.stderr.write(text),
  now: () => number = () => performance.now(),
): OnProgress {
  let task: string | undefined;
  let started = 0;
  let from = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let width = 0;
  return progress => {
    const time = now();
    if (progress.task !== task) {
      task = progress.task;
      started = time;
      // A task that goes on from an earlier run has not done that part in this time.
      from = progress.done;
      drawn = Number.NEGATIVE_INFINITY;
      width = 0;
    }
    const finished = progress.done >= progress.total;
    if (!finished && time - drawn < REDRAW) return;
    drawn = time;
    const line = describeProgress(progress, (time - started) / 1000, from);
    write(`\r${line.padEnd(width)}${finished ? '\n' : ''}`);
    width = line.length;
  };
}

/**
 * Progress in words: `fetch fastchat-80: 3 of 8 files, 1.5 files/s, 3 s left`.
 *
 * @param seconds time since the task began.
 * @param from units that were done when it began.
 */
export function describeProgress(
  { task, done, total, unit, note, secondsLeft }: Progress,
  seconds: number,
  from = 0,
): string {
  const rate = seconds > 0 ? (done - from) / seconds : 0;
  const parts = [
    `${task}: ${amount(done, unit)} of ${amount(total, unit)}${unit === 'bytes' ? '' : ` ${unit}`}`,
  ];
  if (rate > 0) parts.push(unit === 'bytes' ? `${amount(rate, unit)}/s` : `${brief(rate)} ${unit}/s`);
  if (note !== undefined) parts.push(note);
  const left = secondsLeft ?? (rate > 0 ? (total - done) / rate : undefined);
  if (left !== undefined && done < total) parts.push(`${duration(left)} left`);
  return parts.join(', ');
}

function amount(value: number, unit: string): string {
  if (unit !== 'bytes') return String(Math.round(value));
  if (value < 1e3) return `${Math.round(value)} B`;
  return value < 1e6 ? `${brief(value / 1e3)} kB` : `${brief(value / 1e6)} MB`;
}

function brief(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** A time in words: `48 s`, `12 min`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
