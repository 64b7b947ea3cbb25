/**
 * A process that does runs, one after the other, as its parent orders. It is given the address of a module whose
 * `stages` it uses, and ends with its parent.
 */
import { messageOf } from '../runs/index.ts';
import type { Stages } from './stage.ts';
import type { Order, Report } from './worker-messages.ts';

let current: AbortController | undefined;

// A terminal sends Ctrl-C to all processes that it runs; the parent says what is to be stopped.
process.on('SIGINT', () => {});
// Nobody would take the result.
process.once('disconnect', () => process.exit());
process.on('message', (order: Order) => {
  if (order.type === 'stop') current?.abort();
  else doRun(order).then(tell);
});

async function doRun({ stage: name, job }: Order & { type: 'run' }): Promise<Report> {
  current = new AbortController();
  const { signal } = current;
  try {
    const { stages }: { stages: Stages } = await import(process.argv[2] ?? '');
    const stage = stages[name];
    if (!stage) throw new Error(`Cannot do a run: a stage is required, found none of the name ${name}`);
    const onProgress = (progress: Extract<Report, { type: 'progress' }>['progress']) =>
      tell({ type: 'progress', progress });
    await stage({ ...job, signal, onProgress });
    return { type: 'done' };
  } catch (error) {
    return signal.aborted ? { type: 'stopped' } : { type: 'failed', error: messageOf(error) };
  } finally {
    current = undefined;
  }
}

function tell(report: Report): void {
  // The parent may be gone; then this process ends too.
  process.send?.(report, undefined, undefined, () => {});
}
