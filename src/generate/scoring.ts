import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { type CompiledStep, compile, tf } from '../compute/index.ts';
import { type Model, network } from '../model/index.ts';
import type { LikelyToken, TokenLikelihood } from './likely-tokens.ts';
import type { Tree } from './prefix-trees.ts';
import { bucket, STEP_OPTIONS } from './step-options.ts';
import type { Stream } from './stream.ts';

/** A token whose likelihood is asked for. */
export interface Target {
  id: number;
  /** The row, and the offset in it of the token before. */
  row: number;
  after: number;
}

/** Finds how likely tokens are, by steps that are compiled once for each shape. */
export interface LocalScoring {
  /**
   * Reads sequences with shared beginnings, a tree of them in each row.
   *
   * @param top number of the most likely tokens to report beside each target.
   * @returns the likelihood of each target after the tokens before it in its sequence.
   */
  likelihoods(rows: readonly Tree[], targets: readonly Target[], top: number): Promise<TokenLikelihood[]>;
  /** Returns the same for the lengths of sequences that may share a tree. */
  variantOf(length: number): number;
  dispose(): void;
}

/** Logits that are in memory at a time, 64 MiB of them: those of a batch of long sequences would not fit. */
const LOGITS = 2 ** 24;

export function scoring({ config, weights }: Model, stream: Stream): LocalScoring {
  const { vocabSize } = config;
  const { logits } = network(config);

  const read = compile(
    (ids: Tensor2D, positions: Tensor2D, branches: Tensor2D, lengths: Tensor2D, ...tables: Tensor[]) => {
      const [rows, length] = ids.shape;
      const columns = tf.range(0, length, 1, 'int32');
      const later = tf.greater(columns, tf.reshape(columns, [length, 1]));
      const others = tf.reshape(branches, [rows, 1, 1, length]);
      const foreign = tf.notEqual(others, tf.reshape(branches, [rows, 1, length, 1]));
      const masked = tf.logicalOr(later, tf.logicalAnd(foreign, tf.cast(others, 'bool')));
      const hiddenStates = stream.read(ids, { positions, lengths, masked }, tables);
      const flat: Tensor2D = tf.reshape(hiddenStates, [rows * length, hiddenStates.shape[2]]);
      return flat;
    },
    { name: 'that reads what is scored', ...STEP_OPTIONS },
  );

  type Predict = CompiledStep<[Tensor2D, Tensor1D, Tensor1D, Tensor1D], readonly Tensor[]>;
  /** By how many of the most likely tokens they find, which is fixed in a step. */
  const predicts = new Map<number, Predict>();
  const predict = (top: number): Predict => {
    const made = predicts.get(top) ?? compilePredict(top);
    predicts.set(top, made);
    return made;
  };
  const compilePredict = (top: number): Predict =>
    compile(
      (hiddenStates: Tensor2D, positions: Tensor1D, ids: Tensor1D, rows: Tensor1D) => {
        const [count] = positions.shape;
        const before: Tensor3D = tf.reshape(tf.gather(hiddenStates, positions), [
          1,
          count,
          hiddenStates.shape[1],
        ]);
        const all: Tensor2D = tf.reshape(logits(weights, before), [count, vocabSize]);
        const total = tf.logSumExp(all, 1, true);
        const at = tf.add(tf.mul(rows, tf.scalar(vocabSize, 'int32')), ids);
        const picked = tf.gather(tf.reshape(all, [-1]), at);
        const own = tf.sub(picked, tf.gather(tf.reshape(total, [-1]), rows));
        if (top === 0) return [own];
        const { values, indices } = tf.topk(all, top);
        return [own, tf.sub(values, total), indices];
      },
      { name: 'that predicts', ...STEP_OPTIONS },
    );

  /**
   * Looks up tokens after some positions.
   *
   * @param hiddenStates float32 [P, C], of all rows one after the other.
   * @param positions numbers of rows of `hiddenStates`.
   * @param tokens each with the number of its position among these.
   */
  async function lookUp(
    hiddenStates: Tensor2D,
    positions: readonly number[],
    tokens: readonly { id: number; row: number }[],
    top: number,
  ): Promise<TokenLikelihood[]> {
    const indices = [
      filled(positions),
      filled(tokens.map(({ id }) => id)),
      filled(tokens.map(({ row }) => row)),
    ] as const;
    const found = predict(top)(hiddenStates, ...indices);
    const [own = [], scores = [], best = []] = await Promise.all(found.map(tensor => tensor.data()));
    tf.dispose([...indices, ...found]);
    const topOf = (row: number): LikelyToken[] => {
      const logprobs = scores.slice(row * top, (row + 1) * top);
      return Array.from(best.slice(row * top, (row + 1) * top), (id, rank) => ({
        id,
        logprob: logprobs[rank] ?? Number.NaN,
      }));
    };
    return tokens.map(({ id, row }, i) => ({ id, logprob: own[i] ?? Number.NaN, top: topOf(row) }));
  }

  return {
    variantOf: stream.variantOf,
    async likelihoods(rows, targets, top) {
      const length = bucket(Math.max(...rows.map(({ ids }) => ids.length)));
      // What fills a row up comes after its tokens, where none of them looks.
      const table = (numbers: (row: Tree) => readonly number[]) =>
        tf.tensor2d(
          rows.flatMap(row => Array.from({ length }, (_, at) => numbers(row)[at] ?? 0)),
          [rows.length, length],
          'int32',
        );
      const given = [table(row => row.ids), table(row => row.positions), table(row => row.branches)] as const;
      const longest = rows.map(({ positions }) => 1 + Math.max(...positions));
      const lengths = tf.tensor2d(longest, [rows.length, 1], 'int32');
      const hiddenStates = read(...given, lengths, ...stream.tables(length));
      tf.dispose([...given, lengths]);
      try {
        const asked = targets.map(({ id, row, after }) => ({ id, position: row * length + after }));
        const positions = [...new Set(asked.map(({ position }) => position))];
        const step = Math.max(1, Math.floor(LOGITS / vocabSize));
        const found = Array<TokenLikelihood>(targets.length);
        for (let start = 0; start < positions.length; start += step) {
          const some = positions.slice(start, start + step);
          const rowOf = new Map(some.map((position, row) => [position, row]));
          const tokens = [...asked.entries()].flatMap(([index, { id, position }]) => {
            const row = rowOf.get(position);
            return row === undefined ? [] : [{ index, id, row }];
          });
          const likelihoods = await lookUp(hiddenStates, some, tokens, top);
          for (const [i, { index }] of tokens.entries()) {
            const likelihood = likelihoods[i];
            if (likelihood) found[index] = likelihood;
          }
        }
        return found;
      } finally {
        hiddenStates.dispose();
      }
    },
    dispose() {
      read.dispose();
      for (const step of predicts.values()) step.dispose();
      predicts.clear();
    },
  };
}

/** Pads numbers with zeros up to a size that steps are compiled for. */
function filled(numbers: readonly number[]): Tensor1D {
  const zeros = Array<number>(bucket(numbers.length) - numbers.length).fill(0);
  return tf.tensor1d([...numbers, ...zeros], 'int32');
}
