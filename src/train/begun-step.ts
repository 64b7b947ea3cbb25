import * as tf from '@tensorflow/tfjs';
import { uncut } from '../notebook/index.ts';
import type { TrainingRow } from '../schema.ts';

/** What is known of a step before it is taken. */
export type KnownOfStep = Pick<TrainingRow, 'step' | 'epoch' | 'tokens' | 'lossTokens' | 'learningRate'>;

/** A step that was begun, and may still be computed: its loss is read later, so that the device need not wait. */
export interface BegunStep {
  /**
   * Waits for the step and gives its row; once.
   *
   * @throws {Error} if its loss or the norm of its gradients is not finite.
   */
  row(): Promise<TrainingRow>;
  dispose(): void;
}

/**
 * Begins a step.
 *
 * @param fresh tokens that this step reads.
 * @param take begins it.
 */
export function beginStep(
  known: KnownOfStep,
  fresh: number,
  take: () => { loss: tf.Scalar; gradNorm: tf.Scalar },
): BegunStep {
  const begun = performance.now();
  const scalars = uncut(take);
  const launched = performance.now() - begun;
  const row = async (): Promise<TrainingRow> => {
    const waits = performance.now();
    const [loss = Number.NaN] = await uncut(() => scalars.loss.data());
    const [gradNorm = Number.NaN] = await uncut(() => scalars.gradNorm.data());
    dispose();
    requireFinite(known.step, { loss, gradNorm });
    // What the host did in between does not count: the device computed on.
    const seconds = (launched + performance.now() - waits) / 1000;
    return { ...known, loss, gradNorm, tokensPerSecond: fresh / seconds, memory: process.memoryUsage.rss() };
  };
  const dispose = () => tf.dispose([scalars.loss, scalars.gradNorm]);
  return { row, dispose };
}

function requireFinite(step: number, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isFinite(value)) continue;
    throw new Error(
      `Cannot go on after step ${step}: a finite ${name} is required, found ${value}; a lower learningRate or more warmupSteps may help`,
    );
  }
}
