import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../runs/index.ts';
import type { TrainingRow, TrainingSample } from '../schema.ts';
import { type EventContent, eventRecord } from './event-records.ts';

/** Events of a run for TensorBoard, open for appending. */
export interface EventLog {
  append(row: TrainingRow, samples: readonly TrainingSample[]): Promise<void>;
  close(): Promise<void>;
}

let opened = 0;

/**
 * Starts a file of TensorBoard's events in a folder. Each start of a run has a file of its own, as TensorBoard expects:
 * it states that the steps after the last checkpoint, which are taken again, are void in the files before.
 *
 * @param last the step that the run has reached.
 */
export async function openEventLog(folder: string, last: number): Promise<EventLog> {
  const name = ['events.out.tfevents', Math.floor(Date.now() / 1000), hostname(), process.pid, opened++];
  const path = join(folder, name.join('.'));
  const file = await open(path, 'wx');
  const append = async (step: number, ...contents: EventContent[]): Promise<void> => {
    const seconds = Date.now() / 1000;
    try {
      await file.appendFile(Buffer.concat(contents.map(content => eventRecord(content, step, seconds))));
    } catch (cause) {
      throw new Error(`Cannot write ${path}: ${messageOf(cause)}`, { cause });
    }
  };
  await append(0, { kind: 'version' });
  await append(last + 1, { kind: 'start' });
  return {
    append: (row, samples) => {
      const drawn: EventContent[] = samples.length > 0 ? [{ kind: 'samples', samples }] : [];
      return append(row.step, { kind: 'row', row }, ...drawn);
    },
    close: () => file.close(),
  };
}
