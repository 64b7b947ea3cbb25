import { difference } from './difference.ts';
import type { Recorded } from './record.ts';
import { RefusedStep } from './recording.ts';

/** Advice for a step that holds values which change from call to call. */
export const PASS_AS_TENSORS =
  'What JavaScript computes in a step is the same at every replay: pass numbers that change as tensors, ' +
  'and draw random numbers by randomUniform() or dropout() from a seed';

/** Records a step, again where it made variables, and once more to see that nothing in it changes. */
export function recordTwice(recordOnce: () => Recorded): Recorded {
  let recorded = recordOnce();
  for (let runs = 1; recorded.created > 0; runs++) {
    recorded.recording.release();
    if (runs > 2) throw new RefusedStep('it makes new variables each time it runs');
    recorded = recordOnce();
  }
  try {
    requireSame(recorded, recordOnce);
  } catch (error) {
    recorded.recording.release();
    throw error;
  }
  return recorded;
}

/** @throws {RefusedStep} if the step, recorded now, is not what was recorded before. */
export function requireSame(before: Recorded, recordOnce: () => Recorded): void {
  const after = recordOnce();
  after.recording.release();
  const changed = difference(before, after);
  if (changed !== undefined)
    throw new RefusedStep(`from one run to the next, ${changed}. ${PASS_AS_TENSORS}`);
}
