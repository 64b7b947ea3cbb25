/**
 * A process that does runs, one after the other, as its parent requests. Its argument is the address of a module that
 * exports `stages`. It exits with its parent.
 */
import { messageOf } from '../runs/index.ts';
import type { AnyStage } from './stage.ts';
import type { RunOrder, WorkerReport, WorkerRequest } from './worker-messages.ts';

let current: AbortController | undefined;

// A terminal sends Ctrl-C to all processes of a command; the parent decides what stops.
process.on('SIGINT', () => {});
// So may a batch system send SIGTERM: the run stops where it can be resumed, also if only this process was meant.
process.on('SIGTERM', () => {
  if (current) current.abort();
  else process.exit();
});
// Nobody would read the result.
process.once('disconnect', () => process.exit());
process.on('message', (request: WorkerRequest) => {
  if (request.type === 'stop') current?.abort();
  else doRun(request.order).then(send);
});

async function doRun({
  stage: name,
  version,
  config,
  inputs,
  folder,
  scratch,
}: RunOrder): Promise<WorkerReport> {
  current = new AbortController();
  const { signal } = current;
  try {
    const stage = await findStage(name, version);
    const onProgress = (progress: Extract<WorkerReport, { type: 'progress' }>['progress']) =>
      send({ type: 'progress', progress });
    await stage.start({ config, inputs }, { folder, scratch, signal, onProgress });
    return { type: 'done' };
  } catch (error) {
    return signal.aborted ? { type: 'stopped' } : { type: 'failed', error: messageOf(error) };
  } finally {
    current = undefined;
  }
}

/** @throws {Error} if the module of stages has no such stage, or another version of it. */
async function findStage(name: string, version: number): Promise<AnyStage> {
  const { stages }: { stages: readonly AnyStage[] } = await import(process.argv[2] ?? '');
  const stage = stages.find(each => each.name === name);
  if (!stage)
    throw new Error(
      `Cannot run the stage ${name}: it must be one of ${stages.map(each => each.name).join(', ')}`,
    );
  if (stage.version !== version)
    throw new Error(
      `Cannot run the stage ${name}: version ${version} was planned, got version ${stage.version}`,
    );
  return stage;
}

function send(report: WorkerReport): void {
  // The parent may have exited; then this process exits too.
  process.send?.(report, undefined, undefined, () => {});
}
