import type { ErrorContent, ExpressionResult, Output } from './outputs.ts';

/** File descriptors of the child: its messages out, its orders in, and the orders of its interrupt thread. */
export const FRAMES_OUT = 3;
export const FRAMES_IN = 4;
export const INTERRUPTS_IN = 5;

/** End of a cell. */
export type Outcome =
  | { status: 'ok'; expressions: Record<string, ExpressionResult> }
  | { status: 'error'; error: ErrorContent };

const STOPPED = 'The cell was stopped; variables keep their values';

/** End of an interrupted cell. */
export const INTERRUPTED: Outcome = {
  status: 'error',
  error: {
    ename: 'Interrupted',
    evalue: STOPPED,
    traceback: [`\u001b[31mInterrupted\u001b[39m: ${STOPPED}`],
  },
};

/** An order to the child process. */
export type ToChild =
  | {
      type: 'execute';
      id: number;
      code: string;
      /** The number in `In [n]`. */
      count: number;
      /** True if the value of the last expression is not reported. */
      silent: boolean;
      expressions: Record<string, string>;
    }
  | {
      type: 'interrupt';
      id: number;
      /** Counts up, so that each attempt is noticed for itself. */
      attempt: number;
    };

/** A message of the child process. */
export type FromChild =
  | { type: 'ready' }
  | { type: 'output'; id: number; output: Output }
  | { type: 'done'; id: number; outcome: Outcome };

/** Encodes one frame as it travels: a line of JSON. */
export function encodeFrame(frame: ToChild | FromChild): string {
  return `${JSON.stringify(frame)}\n`;
}

/**
 * Splits a byte stream into frames: call the returned function with each chunk.
 * A frame cut short by the other side's death is dropped.
 */
export function frameReader<Frame>(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  return chunk => {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const line = chunk.subarray(start, end);
      const whole = parts.length > 0 ? Buffer.concat([...parts, line]) : line;
      parts = [];
      start = end + 1;
      onFrame(JSON.parse(whole.toString('utf8')) as Frame);
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  };
}

/**
 * Returns the text that the child prints on fd 1 and 2 when cell `id` ends, so that the parent knows it read all of
 * it.
 */
export function endMark(id: number): string {
  return `\u0000\u0001end of cell ${id}\u0001\u0000`;
}
