import type { Recorded } from './record.ts';
import type { Recording, Source } from './recording.ts';

/**
 * Describes the difference between two recordings of one step; undefined where there is none. A difference means that
 * JavaScript computed something that a replay would fix: a number, a random mask, a branch.
 */
export function difference(first: Recorded, second: Recorded): string | undefined {
  const [before, after] = [first.recording.graph.nodes, second.recording.graph.nodes];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [a, b] = [before[i], after[i]];
    if (!a || !b) return `it ran ${before.length} ops, then ${after.length}`;
    if (a.op === b.op && a.detail === b.detail && a.inputs.join() === b.inputs.join()) continue;
    if (a.op !== b.op) return `it ran ${a.op} as its op ${i + 1}, then ${b.op}`;
    if (a.op !== 'Const') return `${a.op} (op ${i + 1}) had ${a.detail}, then ${b.detail}`;
    const consumer = consumerOf(first.recording, a.outputs);
    return `${consumer} took the constant ${a.detail}, then ${b.detail}`;
  }
  const given = ({ outputs, assignments }: Recorded) => [...outputs, ...assignments].join();
  if (given(first) !== given(second)) return 'it returned or assigned other tensors';
  const { sources } = second.recording;
  const moved = first.recording.sources.some((source, i) => identity(source) !== identity(sources[i]));
  return moved ? 'it used another tensor from outside' : undefined;
}

/** Finds the first op that takes a constant, looking through the Fill that represents an array of equal numbers. */
function consumerOf(recording: Recording, outputs: readonly number[]): string {
  const consumer = recording.graph.nodes.find(({ inputs }) => inputs.some(id => outputs.includes(id)));
  if (!consumer) return 'the result';
  return consumer.op === 'Fill' ? consumerOf(recording, consumer.outputs) : consumer.op;
}

function identity(source: Source | undefined): unknown {
  if (source?.kind === 'argument') return source.index;
  return source?.kind === 'variable' ? source.variable : source?.tensor.dataId;
}
