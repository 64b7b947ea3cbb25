/** Progress of a long task. */
export interface Progress {
  /** Name of the task, such as `fetch fastchat-80`. */
  task: string;
  /** Units done, of {@link Progress.total}. */
  done: number;
  total: number;
  /** Unit that is counted, such as `files`, `bytes` or `tokens`. */
  unit: string;
  /** Further facts, such as `loss 2.31`. */
  note?: string;
  /** Seconds left, where that is known better than by the units done. */
  secondsLeft?: number;
}

/** Receives progress: at the beginning, after each step and at the end. */
export type OnProgress = (progress: Progress) => void;

/** Shortest time between two drawings of a line that is redrawn, in milliseconds. */
const REDRAW = 100;

/** Time between two lines of a task that are not redrawn, in milliseconds. */
const LINE_EVERY = 30_000;

/** Options of {@link progressLine}. */
export interface ProgressLineOptions {
  /**
   * Set where the line overwrites itself, as a terminal and a notebook's output show it: the default. Otherwise each
   * task prints a line every half minute, and one at its end.
   */
  redraw?: boolean;
  /** Takes the text; default standard error. */
  write?: (text: string) => void;
  /** Returns the time in milliseconds. */
  now?: () => number;
}

/**
 * Returns a function that draws progress as one line, with rate and time left.
 *
 * @example
 * // Needs public records.
 * await fetchRecord('fastchat/gpt35', { onProgress: progressLine() })
 */
export function progressLine(options: ProgressLineOptions = {}): OnProgress {
  const {
    redraw = true,
    write = text => process.stderr.write(text),
    now = () => performance.now(),
  } = options;
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
      // A task that is resumed has not done the earlier part in this time.
      from = progress.done;
      drawn = redraw ? Number.NEGATIVE_INFINITY : time;
      width = 0;
    }
    const finished = progress.done >= progress.total;
    if (!finished && time - drawn < (redraw ? REDRAW : LINE_EVERY)) return;
    drawn = time;
    const line = describeProgress(progress, (time - started) / 1000, from);
    write(redraw ? `\r${line.padEnd(width)}${finished ? '\n' : ''}` : `${line}\n`);
    width = line.length;
  };
}

/**
 * Describes progress in words: `fetch fastchat-80: 3 of 8 files, 1.5 files/s, 3 s left`.
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
  if (rate > 0) parts.push(rateText(rate, unit));
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

function rateText(rate: number, unit: string): string {
  if (unit === 'bytes') return `${amount(rate, unit)}/s`;
  // A rate that would be printed as 0.0 is given by the minute or the hour.
  const [factor, time] = rate >= 0.1 ? [1, 's'] : rate >= 0.1 / 60 ? [60, 'min'] : [3600, 'h'];
  return `${brief(rate * factor)} ${unit}/${time}`;
}

function brief(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** Describes a time in words: `48 s`, `12 min`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
