import { tf } from '../compute/index.ts';
import { uncut } from '../notebook/index.ts';
import type { TrainingRow } from '../schema.ts';
import { blockBatch, countLossTokens } from './batch.ts';
import type { TrainStep } from './train-step.ts';
import type { TrainingPlan } from './training-plan.ts';

/** Step that was launched, and may still be computed. */
interface LaunchedStep {
  /** Its row as far as it is known before the step. */
  known: Pick<TrainingRow, 'step' | 'epoch' | 'tokens' | 'lossTokens' | 'learningRate'>;
  /** Tokens that it alone reads. */
  fresh: number;
  scalars: ReturnType<TrainStep>;
  /** Time of the launch, in milliseconds. */
  launchMs: number;
}

/**
 * Steps that were launched and whose losses are not read yet, in order. A step is launched before the loss of the one
 * before is read, so that the device never waits for the host.
 */
export class StepQueue {
  private readonly plan: TrainingPlan;
  private readonly step: TrainStep;
  private readonly launched: LaunchedStep[] = [];

  constructor(plan: TrainingPlan, step: TrainStep) {
    this.plan = plan;
    this.step = step;
  }

  get length(): number {
    return this.launched.length;
  }

  /** Launches the step of this number, counted from 1. */
  launch(number: number): void {
    const { blocks, order, microBatchSize, tokensAfter } = this.plan;
    const { epoch, microBatches } = order.at(number);
    const parts = microBatches.map(part => part.flatMap(index => blocks[index] ?? []));
    const learningRate = this.plan.learningRateAt(number);
    const tokens = tokensAfter(number);
    const known = { step: number, epoch, tokens, lossTokens: countLossTokens(parts.flat()), learningRate };
    const batches = parts.map(part => blockBatch(part, microBatchSize));
    const launchedAt = performance.now();
    const scalars = uncut(() => this.step(batches, learningRate));
    const launchMs = performance.now() - launchedAt;
    tf.dispose(batches.map(batch => ({ ...batch })));
    this.launched.push({ known, fresh: tokens - tokensAfter(number - 1), scalars, launchMs });
  }

  /**
   * Waits for the oldest step, and returns its row.
   *
   * @throws {Error} if its loss or the norm of its gradients is not finite, or no step was launched.
   */
  async read(): Promise<TrainingRow> {
    const next = this.launched.shift();
    if (!next) throw new Error('Cannot read a step: none was launched');
    const { known, fresh, scalars, launchMs } = next;
    const waitsFrom = performance.now();
    const [loss = Number.NaN] = await uncut(() => scalars.loss.data());
    const [gradNorm = Number.NaN] = await uncut(() => scalars.gradNorm.data());
    tf.dispose([scalars.loss, scalars.gradNorm]);
    requireFinite(known.step, { loss, gradNorm });
    // Time of the host between launch and read does not count: the device was computing.
    const seconds = (launchMs + performance.now() - waitsFrom) / 1000;
    return { ...known, loss, gradNorm, tokensPerSecond: fresh / seconds, memory: process.memoryUsage.rss() };
  }

  dispose(): void {
    for (const { scalars } of this.launched.splice(0)) tf.dispose([scalars.loss, scalars.gradNorm]);
  }
}

function requireFinite(step: number, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isFinite(value)) continue;
    throw new Error(
      `Cannot continue after step ${step}: ${name} must be finite, got ${value}; a lower learningRate or more warmupSteps may help`,
    );
  }
}
