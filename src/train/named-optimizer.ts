import { adafactor } from './adafactor.ts';
import { type AdamWOptions, adamw } from './adamw.ts';
import type { Optimizer } from './optimizer.ts';
import { MULTIPLY_BY_PARAMETER_SCALE } from './paper.ts';

/** Optimizer of a run, by name and constants. */
export interface OptimizerOptions extends AdamWOptions {
  preset?: 'paper';
  /** Default `adamw`; the preset's is `adafactor`. An optimizer that is made by a call has its own constants. */
  optimizer?: 'adamw' | 'adafactor' | Optimizer;
}

/**
 * Makes the optimizer of a run.
 *
 * @throws {RangeError} if a constant is out of bounds, or is none of this optimizer's.
 */
export function namedOptimizer(options: OptimizerOptions): Optimizer {
  const { preset, optimizer = preset === 'paper' ? 'adafactor' : 'adamw' } = options;
  const { beta1, beta2, epsilon, weightDecay, weightDecayFor } = options;
  if (optimizer === 'adamw') return adamw({ beta1, beta2, epsilon, weightDecay, weightDecayFor });
  const name = typeof optimizer === 'object' ? 'an optimizer of its own' : optimizer;
  for (const [constant, value] of Object.entries({ beta1, beta2, epsilon })) {
    if (value !== undefined)
      throw new RangeError(`Cannot train: ${constant} requires the optimizer adamw, got ${name}`);
  }
  if (typeof optimizer === 'object') {
    if (weightDecay === undefined && weightDecayFor === undefined) return optimizer;
    throw new RangeError(`Cannot train: weight decay requires the optimizer adamw or adafactor, got ${name}`);
  }
  if (weightDecayFor === 'matrices')
    throw new RangeError(
      'Cannot train: weightDecayFor must be all with the optimizer adafactor, got matrices',
    );
  return adafactor({ multiplyByParameterScale: MULTIPLY_BY_PARAMETER_SCALE, weightDecay });
}
