import type { Tensor } from '@tensorflow/tfjs';
import { callFunction } from './call-function.ts';
import type { Recorded } from './record.ts';
import { requireSame } from './record-twice.ts';
import type { StepResult } from './step-result.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

/** One recording as a function of TensorFlow. */
export class Replay {
  readonly backend: TensorflowBackend;
  private readonly recorded: Recorded;
  private readonly functionName: string;
  private calls = 1;

  /** @param xla compiles the recording by XLA. */
  constructor(backend: TensorflowBackend, recorded: Recorded, xla: boolean) {
    this.backend = backend;
    this.recorded = recorded;
    this.functionName = `compiled_step_${backend.nextFunction++}`;
    const { recording, outputs, assignments } = recorded;
    recording.graph.defineFunction(this.functionName, outputs, assignments, xla);
  }

  run(args: readonly Tensor[]): StepResult {
    const { backend, functionName, recorded } = this;
    const { recording, outputs, assigned, rebuild } = recorded;
    const results = callFunction(backend, functionName, recording.sources, args, outputs.length, assigned);
    return rebuild(results.map(result => backend.createOutputTensor(result)));
  }

  /**
   * Counts a call; at calls 2, 4, 8 and so on compares the recording with another.
   *
   * @throws {RefusedStep} if the step is not what was recorded.
   */
  countCall(recordOnce: () => Recorded): void {
    this.calls++;
    if (Number.isInteger(Math.log2(this.calls))) requireSame(this.recorded, recordOnce);
  }

  release(): void {
    this.backend.addon.removeFunction(this.functionName);
    this.recorded.recording.release();
  }
}
