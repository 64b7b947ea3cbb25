import type { Tensor, TensorContainer } from '@tensorflow/tfjs';
import { messageOf } from '../runs/index.ts';
import type { MatmulType } from './matmul-type.ts';
import { type Recorded, record } from './record.ts';
import { PASS_AS_TENSORS, recordTwice } from './record-twice.ts';
import { RefusedStep } from './recording.ts';
import { Replay } from './replay.ts';
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
  const recorded = new RecordedStep(step, options);
  return Object.assign((...args: A) => recorded.call(args), { dispose: () => recorded.dispose() });
}

/** A step and its recordings, by the types and shapes of its arguments. */
class RecordedStep<A extends readonly Tensor[], R extends StepResult> {
  private readonly step: (...args: A) => R;
  private readonly options: CompileOptions;
  private readonly name: string;
  private readonly replays = new Map<string, Replay | 'plain'>();
  private readonly reported = new Set<string>();

  constructor(step: (...args: A) => R, options: CompileOptions) {
    this.step = step;
    this.options = options;
    this.name = options.name ?? (step.name || 'step');
  }

  call(args: A): R {
    this.refusing(() => args.forEach(requireTensor));
    const backend = tensorflowBackend();
    if (!backend) {
      this.reportPlain(`the backend is ${tf.getBackend()}, and only tensorflow compiles steps`);
      return this.runPlain(args);
    }
    // Within another step's recording, the ops are that step's.
    if (backend.recorder) return this.step(...args);
    const key = args.map(({ dtype, shape }) => `${dtype} ${shape}`).join('; ');
    const replay = this.replays.get(key);
    if (replay === 'plain') return this.runPlain(args);
    if (replay) return this.callAgain(key, replay, args);
    return this.callFirst(key, args, backend, this.options.xla ?? backend.isUsingGpuDevice);
  }

  dispose(): void {
    for (const replay of this.replays.values()) if (replay !== 'plain') replay.release();
    this.replays.clear();
  }

  private callFirst(key: string, args: A, backend: TensorflowBackend, xla: boolean): R {
    let replay: Replay | undefined;
    try {
      const recorded = this.refusing(() => recordTwice(() => this.record(backend, args)));
      replay = new Replay(backend, recorded, xla);
      const result = this.runReplay(replay, args);
      this.replays.set(key, replay);
      return result;
    } catch (error) {
      replay?.release();
      if (error instanceof RefusedStep) throw error;
      if (!xla) return this.fallBack(key, args, error);
      this.report(`The step ${this.name} runs without XLA, which cannot compile it: ${messageOf(error)}`);
      return this.callFirst(key, args, backend, false);
    }
  }

  private callAgain(key: string, replay: Replay, args: A): R {
    try {
      this.refusing(() => replay.countCall(() => this.record(replay.backend, args)));
    } catch (error) {
      // The next call records again, so that what is out of date is never replayed.
      this.replays.delete(key);
      replay.release();
      throw error;
    }
    return this.runReplay(replay, args);
  }

  /** Runs plain what cannot be compiled; what fails plainly too is the step's own error. */
  private fallBack(key: string, args: A, error: unknown): R {
    const result = this.runPlain(args);
    this.replays.set(key, 'plain');
    this.reportPlain(`TensorFlow cannot compile it: ${messageOf(error)}`);
    return result;
  }

  private record(backend: TensorflowBackend, args: A): Recorded {
    return record(backend, this.step, args, this.options.matmul);
  }

  /** Runs a recording of the step, which returns what the step does. */
  private runReplay(replay: Replay, args: A): R {
    return replay.run(args) as R;
  }

  private runPlain(args: A): R {
    return tf.tidy(() => this.step(...args) as TensorContainer) as R;
  }

  private reportPlain(reason: string): void {
    this.report(`The step ${this.name} runs plain, which is slower: ${reason}`);
  }

  private report(message: string): void {
    const { onFallback = console.warn } = this.options;
    if (!this.reported.has(message)) onFallback(message);
    this.reported.add(message);
  }

  /** Names the step in an error that refuses it. */
  private refusing<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof RefusedStep)) throw error;
      throw new RefusedStep(`Cannot compile the step ${this.name}: ${error.message}`);
    }
  }
}

function requireTensor(arg: unknown, index: number): void {
  if (arg instanceof tf.Tensor) return;
  const found = typeof arg === 'number' ? `the number ${arg}` : String(arg);
  throw new RefusedStep(`argument ${index + 1} must be a tensor, found ${found}. ${PASS_AS_TENSORS}`);
}
