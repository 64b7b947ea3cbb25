import { createRequire } from 'node:module';
import type * as tensorflow from '@tensorflow/tfjs';

/** Command that installs the packages behind {@link tf} and the backend `tensorflow`. */
export const INSTALL_TENSORFLOW =
  'npm install --ignore-scripts @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-node-gpu@4.22.0';

const PACKAGE = '@tensorflow/tfjs';

let loaded: typeof tensorflow | undefined;

/**
 * TensorFlow.js, which is loaded on the first use of one of its functions: what reads files, sizes and schemas alone
 * works where it is not installed.
 *
 * @throws {Error} naming what to install, on first use, if the package is missing.
 */
export const tf: typeof tensorflow = Object.create(
  new Proxy(Object.create(null), {
    // What was found once is a property of `tf` itself: a proxy costs more than many of these functions.
    get: (_, name, receiver) => {
      const value: unknown = Reflect.get(requireTensorflow(), name);
      if (value !== undefined) Object.defineProperty(receiver, name, { value });
      return value;
    },
  }),
);

/** Loads TensorFlow.js, once. @throws {Error} naming what to install, if the package is missing. */
export function requireTensorflow(): typeof tensorflow {
  loaded ??= load();
  return loaded;
}

function load(): typeof tensorflow {
  try {
    return createRequire(import.meta.url)(PACKAGE);
  } catch (cause) {
    // A package that is there and fails to load says itself why.
    if (!(cause instanceof Error && cause.message.includes(`'${PACKAGE}'`))) throw cause;
    throw new Error(
      `Cannot compute with models: the package ${PACKAGE} is required; install it with \`${INSTALL_TENSORFLOW}\``,
      { cause },
    );
  }
}
