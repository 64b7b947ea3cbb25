import { writeSync } from 'node:fs';
import { endMark, INTERRUPTED, type Outcome, type ToChild } from '../frames.ts';
import type { ExpressionResult } from '../outputs.ts';
import { Cell, callingCell, Interrupted, publish, runAs } from './cell.ts';
import { toMimeBundle } from './display.ts';
import { Evaluator } from './evaluate.ts';
import { startInterruptThread } from './interrupt.ts';
import { LEAVE_MS } from './interrupt-flag.ts';
import { listen, send } from './link.ts';
import { hidePromiseMarks } from './promise-inspection.ts';
import { mapStacks } from './stacks.ts';
import { refuseInput } from './stdin.ts';
import { captureStreams } from './streams.ts';
import { clearTimers, trackTimers } from './timers.ts';
import { describeError } from './traceback.ts';

/** Time for code that heeds its abort signal to end by itself, in milliseconds. */
const ABORT_GRACE_MS = 30;

/** Interval at which a process that leaves looks whether its cells still write, in milliseconds. */
const WRITING_POLL_MS = 20;

/** Under this symbol a library leaves the set of the outputs that it is writing, such as checkpoints of a training. */
const WRITING = Symbol.for('Jupyter.writing');

type Execute = Extract<ToChild, { type: 'execute' }>;

const flag = startInterruptThread();
const evaluator = new Evaluator(process.cwd());
// The kernel's own timers are not a cell's: they must survive an interrupt.
const { setTimeout, setImmediate } = globalThis;
let running: Cell | undefined;
/** Cells whose code has asked for its signal. */
const listening = new Set<Cell>();
let leaving = false;

captureStreams();
trackTimers();
refuseInput();
mapStacks();
hidePromiseMarks();
Object.assign(globalThis, {
  [Symbol.for('Jupyter.signal')]: () => {
    const cell = callingCell();
    if (cell) listening.add(cell);
    return cell?.controller.signal;
  },
  [Symbol.for('Jupyter.publish')]: publish,
  [Symbol.for('Jupyter.grace')]: (ms: number) => {
    if (!leaving) flag.grace = ms;
  },
});
// The parent decides when a cell is interrupted; a Ctrl-C in the terminal of Jupyter's server does not.
process.on('SIGINT', () => {});
process.once('SIGTERM', () => void leave());
process.on('uncaughtException', reportBackgroundError);
process.on('unhandledRejection', reportBackgroundError);

listen(
  order => {
    if (order.type === 'execute') {
      const cell = new Cell(order.id, `In [${order.count}]`);
      running = cell;
      // A turn of its own: terminating a cell must not cut through the code that reads orders.
      setImmediate(() => {
        if (!cell.ended) runAs(cell, () => void execute(cell, order));
      });
    } else {
      flag.notice(order.attempt);
      setImmediate(() => interrupt(order.id));
    }
  },
  () => void leave(),
);
send({ type: 'ready' });

async function execute(cell: Cell, { code, count, silent, expressions }: Execute): Promise<void> {
  try {
    const result = await evaluator.evaluate(code, cell.label);
    if (result?.value !== undefined && !silent) {
      const data = await toMimeBundle(result.value);
      publish({ output_type: 'execute_result', execution_count: count, data, metadata: {} });
    }
    end(cell, { status: 'ok', expressions: await evaluateAll(cell, expressions) });
  } catch (error) {
    end(cell, { status: 'error', error: describeError(error, cell.label) });
  }
}

async function evaluateAll(
  cell: Cell,
  expressions: Record<string, string>,
): Promise<Record<string, ExpressionResult>> {
  const results: Record<string, ExpressionResult> = {};
  for (const [name, expression] of Object.entries(expressions)) {
    const label = `user_expressions.${name}`;
    try {
      const result = await evaluator.evaluate(expression, label);
      results[name] = { status: 'ok', data: await toMimeBundle(result?.value), metadata: {} };
    } catch (error) {
      results[name] = { status: 'error', ...describeError(error, label) };
    }
    if (cell.ended) break;
  }
  return results;
}

/** Reports how the cell ended; the first report wins. */
function end(cell: Cell, outcome: Outcome): void {
  if (cell.ended) return;
  const { aborted } = cell.controller.signal;
  const mark = endMark(cell.id);
  for (const fd of [1, 2]) {
    try {
      writeSync(fd, mark);
    } catch {
      // A cell may have closed its descriptor: then nothing more can come from it.
    }
  }
  send({ type: 'done', id: cell.id, outcome: aborted ? INTERRUPTED : outcome });
  cell.ended = true;
  if (aborted) clearTimers(cell);
  if (running === cell) running = undefined;
}

/** Stops the cell: its signal informs code that listens, its timers end, and soon its reply leaves in any case. */
function interrupt(id: number): void {
  const cell = running;
  if (cell?.id !== id) return;
  if (cell.controller.signal.aborted) {
    end(cell, INTERRUPTED);
    return;
  }
  setTimeout(() => end(cell, INTERRUPTED), ABORT_GRACE_MS);
  runAs(cell, () => cell.controller.abort(new Interrupted('The cell was interrupted')));
}

/** Reports an error that no cell awaits under the cell whose code it was, which may have ended long ago. */
function reportBackgroundError(error: unknown): void {
  if (callingCell()?.controller.signal.aborted || error instanceof Interrupted) return;
  const { traceback } = describeError(error, callingCell()?.label ?? '');
  publish({ output_type: 'stream', name: 'stderr', text: `${traceback.join('\n')}\n` });
}

/** Stops all cells, lets them finish what they write, such as a checkpoint, and exits. */
async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  // The interrupt thread waits for so long before it ends the process.
  flag.grace = LEAVE_MS;
  for (const cell of listening) cell.controller.abort(new Interrupted('The kernel was stopped'));
  const end = performance.now() + LEAVE_MS;
  while (isWriting() && performance.now() < end)
    await new Promise(resolve => setTimeout(resolve, WRITING_POLL_MS));
  process.exit(0);
}

function isWriting(): boolean {
  const outputs: unknown = Reflect.get(globalThis, WRITING);
  return outputs instanceof Set && outputs.size > 0;
}
