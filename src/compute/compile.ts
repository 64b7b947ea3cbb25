import type { Tensor, TensorContainer } from '@tensorflow/tfjs';
import { messageOf } from '../runs/index.ts';
import { callFunction } from './call-function.ts';
import { difference } from './difference.ts';
import type { MatmulType } from './matmul-type.ts';
import { type Recorded, record } from './record.ts';
import { RefusedStep } from './recording.ts';
import type { StepResult } from './step-result.ts';
import { type TensorflowBackend, tensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

/** Options of {@link compile}. */
export interface CompileOptions {
  /** For messages; default the step's own name. */
  name?: string;
  /** Compiles the recording by XLA; default on a GPU, where it is several times faster, and not on a CPU. */
  xla?: boolean;
  /**
   * Number format in which matrices are multiplied, those of gradients among them; all else is float32. In bfloat16,
   * products are several times faster on a GPU, and have about three digits. Default float32. Steps that run plain
   * stay there.
   */
  matmul?: MatmulType;
  /** Receives, once, the reason why the step runs plain or without XLA; default a warning on the console. */
  onFallback?: (message: string) => void;
}

/** A step that is recorded at its first call and replayed from then on. */
export interface CompiledStep<A extends readonly Tensor[], R extends StepResult> {
  (...args: A): R;
  /** Frees the recordings. The step may be called again, which records again. */
  dispose(): void;
}

/** One recording as a function of TensorFlow. */
interface Replay<R extends StepResult> {
  backend: TensorflowBackend;
  functionName: string;
  recorded: Recorded<R>;
  calls: number;
}

const BAKED =
  'What JavaScript computes in a step is the same at every replay: pass numbers that change as tensors, ' +
  'and draw random numbers by randomUniform() or dropout() from a seed';

/**
 * Makes a step of plain tfjs ops fast: it is recorded once for each shape of its arguments, as a function of
 * TensorFlow, and replayed as a single op. Recording computes nothing, so variables change once a call from the first
 * call on. On other backends than `tensorflow`, and where TensorFlow cannot compile it, the step runs plain, which is
 * reported once.
 *
 * The step's JavaScript runs while it is recorded only: twice at the first call, and once more at calls 2, 4, 8 and
 * so on, where the recordings are compared; what changes in between is noticed at the next of these. A step may read
 * and assign variables and use tensors from its surroundings; an optimizer of tfjs works in it. Tensors it needs
 * later must be returned.
 *
 * @param step takes tensors, and returns a tensor, a list or record of tensors, or nothing.
 * @returns the compiled step; its results are the caller's to dispose.
 * @throws {RefusedStep} at a call, if an argument is no tensor, or the step holds values that would be fixed wrongly:
 *   a number that changes from call to call, such as a learning rate, a JavaScript random number, values read from a
 *   tensor.
 * @example
 * import * as tf from '@tensorflow/tfjs';
 * const sumOfSquares = compile((x: tf.Tensor1D) => x.square().sum() as tf.Scalar);
 * sumOfSquares(tf.tensor1d([1, 2])).dataSync()[0]; // 5
 */
export function compile<A extends readonly Tensor[], R extends StepResult>(
  step: (...args: A) => R,
  options: CompileOptions = {},
): CompiledStep<A, R> {
  const { name = step.name || 'step', onFallback = console.warn } = options;
  const run = step as unknown as (...args: Tensor[]) => R;
  const recording = (backend: TensorflowBackend, args: readonly Tensor[]) => () =>
    record(backend, run, args, options.matmul);
  const plainly = (args: readonly Tensor[]) => tf.tidy(() => run(...args) as TensorContainer) as R;
  const replays = new Map<string, Replay<R> | 'plain'>();
  const said = new Set<string>();
  const say = (message: string) => {
    if (!said.has(message)) onFallback(message);
    said.add(message);
  };
  const sayPlain = (reason: string) => say(`The step ${name} runs plain, which is slower: ${reason}`);
  const refusing = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof RefusedStep)) throw error;
      throw new RefusedStep(`Cannot compile the step ${name}: ${error.message}`);
    }
  };

  /** Runs plain what cannot be compiled; what fails plainly too is the step's own error. */
  const fallBack = (key: string, args: readonly Tensor[], error: unknown): R => {
    const result = plainly(args);
    replays.set(key, 'plain');
    sayPlain(`TensorFlow cannot compile it: ${messageOf(error)}`);
    return result;
  };

  const first = (key: string, args: readonly Tensor[], backend: TensorflowBackend, xla: boolean): R => {
    let replay: Replay<R> | undefined;
    try {
      const recorded = refusing(() => recordTwice(recording(backend, args)));
      replay = { backend, functionName: define(backend, recorded, xla), recorded, calls: 1 };
      const result = runReplay(replay, args);
      replays.set(key, replay);
      return result;
    } catch (error) {
      if (replay) release(replay);
      if (error instanceof RefusedStep) throw error;
      if (!xla) return fallBack(key, args, error);
      say(`The step ${name} runs without XLA, which cannot compile it: ${messageOf(error)}`);
      return first(key, args, backend, false);
    }
  };

  const again = (key: string, replay: Replay<R>, args: readonly Tensor[]): R => {
    replay.calls++;
    try {
      if (Number.isInteger(Math.log2(replay.calls)))
        refusing(() => requireSame(replay.recorded, recording(replay.backend, args)));
    } catch (error) {
      // The next call records again, so that what is out of date is never replayed.
      replays.delete(key);
      release(replay);
      throw error;
    }
    return runReplay(replay, args);
  };

  const compiled = (...args: A): R => {
    refusing(() => args.forEach(requireTensor));
    const backend = tensorflowBackend();
    if (!backend) {
      sayPlain(`the backend is ${tf.getBackend()}, and only tensorflow compiles steps`);
      return plainly(args);
    }
    // Within another step's recording, the ops are that step's.
    if (backend.recorder) return run(...args);
    const key = args.map(({ dtype, shape }) => `${dtype} ${shape}`).join('; ');
    const replay = replays.get(key);
    if (replay === 'plain') return plainly(args);
    if (replay) return again(key, replay, args);
    return first(key, args, backend, options.xla ?? backend.isUsingGpuDevice);
  };
  const dispose = () => {
    for (const replay of replays.values()) if (replay !== 'plain') release(replay);
    replays.clear();
  };
  return Object.assign(compiled, { dispose });
}

function requireTensor(arg: unknown, index: number): void {
  if (arg instanceof tf.Tensor) return;
  const found = typeof arg === 'number' ? `the number ${arg}` : String(arg);
  throw new RefusedStep(`argument ${index + 1} must be a tensor, found ${found}. ${BAKED}`);
}

/** Records a step, again where it made variables, and once more to see that nothing in it changes. */
function recordTwice<R extends StepResult>(recordOnce: () => Recorded<R>): Recorded<R> {
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
function requireSame<R extends StepResult>(before: Recorded<R>, recordOnce: () => Recorded<R>): void {
  const after = recordOnce();
  after.recording.release();
  const changed = difference(before, after);
  if (changed !== undefined) throw new RefusedStep(`from one run to the next, ${changed}. ${BAKED}`);
}

function define<R extends StepResult>(
  backend: TensorflowBackend,
  { recording, outputs, assignments }: Recorded<R>,
  xla: boolean,
): string {
  const functionName = `compiled_step_${backend.nextFunction++}`;
  recording.graph.defineFunction(functionName, outputs, assignments, xla);
  return functionName;
}

function runReplay<R extends StepResult>(
  { backend, functionName, recorded }: Replay<R>,
  args: readonly Tensor[],
): R {
  const { recording, outputs, assigned, rebuild } = recorded;
  const results = callFunction(backend, functionName, recording.sources, args, outputs.length, assigned);
  return rebuild(results.map(result => backend.createOutputTensor(result)));
}

function release<R extends StepResult>({ backend, functionName, recorded }: Replay<R>): void {
  backend.addon.removeFunction(functionName);
  recorded.recording.release();
}
