import type { GradSaveFunc, Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';

/** 2u = x · (SLOPE + BEND · x²), where GELU is x · (1 + tanh u) / 2. */
const SLOPE = 2 * Math.sqrt(2 / Math.PI);
const BEND = SLOPE * 0.044715;

/**
 * Computes GELU in the approximation by tanh that GPT-2 was trained with, x · (1 + tanh u) / 2. That is x · σ(2u),
 * which takes fewer ops. Differentiable once: by hand, since that keeps two tensors for the gradient, not six.
 *
 * @see Hendrycks & Gimpel 2016
 */
export function gelu<T extends Tensor>(x: T): T {
  const compute = tf.customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [x, save] = args as [Tensor, GradSaveFunc];
    const share = tf.sigmoid(tf.mul(x, tf.add(tf.mul(tf.square(x), BEND), SLOPE)));
    save([x, share]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [x, share] = saved as [Tensor, Tensor];
      const slope = tf.add(tf.mul(tf.square(x), 3 * BEND), SLOPE);
      const change = tf.mul(tf.mul(tf.mul(x, share), tf.sub(1, share)), slope);
      return tf.mul(dy, tf.add(share, change));
    };
    return { value: tf.mul(x, share), gradFunc };
  });
  return compute(x) as T;
}

/** Activations of an MLP by their names in a config. */
export const ACTIVATIONS = {
  silu: { compute: x => tf.mul(x, tf.sigmoid(x)), kept: 2 },
  gelu: { compute: x => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)), kept: 3 },
  gelu_pytorch_tanh: { compute: gelu, kept: 2 },
  relu: { compute: x => tf.relu(x), kept: 1 },
} as const satisfies Record<string, ActivationParts>;

/** Name of an activation. */
export type Activation = keyof typeof ACTIVATIONS;

interface ActivationParts {
  compute: (x: Tensor) => Tensor;
  /** Number of tensors of the input's size that are kept for its gradient, the input among them. */
  kept: number;
}

/** Applies an activation. */
export function activate<T extends Tensor>(activation: Activation, x: T): T {
  return ACTIVATIONS[activation].compute(x) as T;
}

/** Other names in `config.json` of the same activations, or of those that differ from them in no digit. */
const SYNONYMS: Readonly<Record<string, Activation>> = {
  swish: 'silu',
  gelu_new: 'gelu_pytorch_tanh',
  gelu_fast: 'gelu_pytorch_tanh',
  gelu_python: 'gelu',
};

/** Returns the activation that `config.json` names so; undefined where it is not computed here. */
export function activationOf(name: unknown): Activation | undefined {
  if (typeof name !== 'string') return undefined;
  if (isActivation(name)) return name;
  return Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined;
}

/** Names in `config.json` of all activations. */
export const ACTIVATION_NAMES: readonly string[] = [...Object.keys(ACTIVATIONS), ...Object.keys(SYNONYMS)];

function isActivation(name: string): name is Activation {
  return Object.hasOwn(ACTIVATIONS, name);
}
