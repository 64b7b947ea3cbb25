import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  compile,
  dropout,
  ensureTensorflow,
  randomUniform,
  resolveBackend,
} from '../../../src/compute/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { handleCount } from './handle-count.ts';
import { tinyTransformer } from './tiny-transformer.ts';

beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
}, 600_000);

beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

describe('a compiled step', () => {
  test('computes what the plain step computes', () => {
    const step = compile((x: tf.Tensor) => tf.concat([x.mul(2), x.square()]).sum(0, true));
    for (let call = 0; call < 3; call++) {
      const result = step(tf.tensor2d([[1, 2 + call]]));
      expect(result.arraySync()).toEqual([[3, 2 * (2 + call) + (2 + call) ** 2]]);
    }
  });

  test('distinguishes -0 from 0, alone and in an array', () => {
    const step = compile((x: tf.Tensor) => [
      x.div(tf.scalar(-0)),
      x.div(tf.scalar(0)),
      x.div(tf.tensor1d([0, ...Array(20).fill(-0)])).min(),
    ]);
    expect(step(tf.scalar(1)).map(tensor => tensor.arraySync())).toEqual([-Infinity, Infinity, -Infinity]);
  });

  test('gives lists, records and nothing as the step does', () => {
    const list = compile((x: tf.Tensor) => [x.add(1), x]);
    const record = compile((x: tf.Tensor) => ({ twice: x.mul(2), half: x.div(2) }));
    const total = tf.variable(tf.scalar(0));
    const nothing = compile((x: tf.Tensor) => total.assign(total.add(x)));
    const x = tf.scalar(4);
    expect(list(x).map(tensor => tensor.arraySync())).toEqual([5, 4]);
    const { twice, half } = record(x);
    expect([twice.arraySync(), half.arraySync()]).toEqual([8, 2]);
    nothing(x);
    expect(total.arraySync()).toBe(4);
  });

  test('changes a variable once a call, from the first call on', () => {
    const count = tf.variable(tf.scalar(0));
    const step = compile((by: tf.Tensor<tf.Rank.R0>) => count.assign(count.add(by)));
    const seen = [1, 10, 100, 1000, 10_000].map(by => {
      step(tf.scalar(by));
      return count.arraySync();
    });
    expect(seen).toEqual([1, 11, 111, 1111, 11_111]);
  });

  test('sees variables that were assigned between its calls, and leaves their clones alone', () => {
    const weight = tf.variable(tf.scalar(1));
    const before = weight.clone();
    const step = compile((x: tf.Tensor<tf.Rank.R0>) => {
      weight.assign(weight.add(x));
      return weight.sub(before);
    });
    expect(step(tf.scalar(2)).arraySync()).toBe(2);
    weight.assign(tf.scalar(100));
    expect(step(tf.scalar(2)).arraySync()).toBe(101);
    expect(before.arraySync()).toBe(1);
  });

  test('is recorded again for a new shape, and the old recording stays', () => {
    let runs = 0;
    const step = compile((x: tf.Tensor) => {
      runs++;
      return x.sum();
    });
    const totals = [
      [1, 2],
      [1, 2, 3],
      [5, 6],
      [4, 5, 6],
    ].map(list => step(tf.tensor1d(list)).arraySync());
    expect(totals).toEqual([3, 6, 11, 15]);
    // Twice to record each shape, and once more at the second call of each.
    expect(runs).toBe(6);
  });

  test('computes nothing while it is recorded', () => {
    const ran: number[] = [];
    const step = compile((x: tf.Tensor) => {
      const before = handleCount();
      const result = x.add(1).mul(2);
      ran.push(handleCount() - before);
      return result;
    });
    expect(step(tf.scalar(1)).arraySync()).toBe(4);
    expect(ran).toEqual([0, 0]);
  });

  test('may call another compiled step, whose ops become its own', () => {
    const weight = tf.variable(tf.scalar(1));
    const inner = compile((x: tf.Tensor) => {
      weight.assign(weight.add(1));
      return x.mul(weight);
    });
    const outer = compile((x: tf.Tensor) => inner(x).add(inner(x)));
    expect([outer(tf.scalar(1)).arraySync(), weight.arraySync()]).toEqual([2 + 3, 3]);
    expect([outer(tf.scalar(1)).arraySync(), weight.arraySync()]).toEqual([4 + 5, 5]);
  });

  test('distinguishes two arguments that are one tensor, or that are a variable', () => {
    const weight = tf.variable(tf.scalar(5));
    const step = compile((a: tf.Tensor, b: tf.Tensor) => a.sub(b).add(weight));
    expect(step(weight, weight).arraySync()).toBe(5);
    expect(step(tf.scalar(7), tf.scalar(1)).arraySync()).toBe(11);
  });

  test('names a variable that was disposed', () => {
    const weight = tf.variable(tf.scalar(5), true, 'gone');
    const step = compile((x: tf.Tensor) => x.mul(weight));
    step(tf.scalar(1));
    step(tf.scalar(1));
    weight.dispose();
    expect(() => step(tf.scalar(1))).toThrow('Cannot run a compiled step: its variable gone was disposed');
  });

  test('can be disposed and called again', () => {
    const step = compile((x: tf.Tensor) => x.add(1));
    expect(step(tf.scalar(1)).arraySync()).toBe(2);
    step.dispose();
    expect(step(tf.scalar(2)).arraySync()).toBe(3);
  });
});

describe('a compiled training step', () => {
  const losses = (xla: boolean | undefined, steps: number) => {
    const net = tinyTransformer(seededRandom(1));
    const optimizer = tf.train.adam(1e-2);
    const plain = (ids: tf.Tensor, targets: tf.Tensor) =>
      optimizer.minimize(() => net.loss(ids, targets), true, net.variables) as tf.Scalar;
    const step =
      xla === undefined
        ? (...args: [tf.Tensor, tf.Tensor]) => tf.tidy(() => plain(...args))
        : compile(plain, { xla });
    const generator = seededRandom(2);
    const result = Array.from({ length: steps }, () => step(...net.batch(generator)).arraySync());
    tf.dispose(net.variables);
    optimizer.dispose();
    return result;
  };

  test('has the losses of the plain one, with a fresh batch each step and tfjs’s Adam', () => {
    const plain = losses(undefined, 20);
    const compiled = losses(false, 20);
    compiled.forEach((loss, i) => {
      expect(loss).toBeCloseTo(plain[i] ?? Number.NaN, 5);
    });
    expect(plain[19]).toBeLessThan(plain[0] ?? 0);
  });

  test('has them under XLA too', () => {
    const plain = losses(undefined, 5);
    const compiled = losses(true, 5);
    compiled.forEach((loss, i) => {
      expect(loss).toBeCloseTo(plain[i] ?? Number.NaN, 4);
    });
  });

  test('leaks nothing over 1,000 replays', () => {
    const weight = tf.variable(tf.tensor1d([1, 2, 3]));
    const optimizer = tf.train.momentum(1e-3, 0.9);
    const step = compile(
      (x: tf.Tensor) => optimizer.minimize(() => weight.mul(x).square().mean(), true, [weight]) as tf.Scalar,
    );
    const replay = () => {
      const x = tf.tensor1d([1, 1, 2]);
      tf.dispose([x, step(x)]);
    };
    for (let i = 0; i < 5; i++) replay();
    const [tensors, handles] = [tf.memory().numTensors, handleCount()];
    for (let i = 0; i < 1000; i++) replay();
    expect([tf.memory().numTensors, handleCount()]).toEqual([tensors, handles]);
    step.dispose();
    expect(tf.memory().numTensors).toBeLessThanOrEqual(tensors);
  });
});

describe('a step with products in bfloat16', () => {
  // The next number after 1 in bfloat16 is 1 + 2^-7.
  const between = 1 + 2 ** -9;

  test('rounds what is multiplied as matrices, in gradients too, and nothing else', () => {
    const step = compile(
      (x: tf.Tensor2D) => {
        const [dx] = tf.grads((x: tf.Tensor) => tf.matMul(x, x, false, true).mul(between))([x]);
        return [tf.matMul(x, x), x.add(0).mul(x), dx as tf.Tensor];
      },
      { matmul: 'bfloat16' },
    );
    // The gradient of x² · between, 2 · x · between, is made of products of x and between.
    expect(step(tf.tensor2d([[between]])).map(tensor => tensor.dataSync()[0])).toEqual([1, between ** 2, 2]);
  });

  test('learns as the one in float32 does, to the precision of the products', () => {
    const losses = (matmul: 'float32' | 'bfloat16') => {
      const net = tinyTransformer(seededRandom(1));
      const optimizer = tf.train.adam(1e-2);
      const step = compile(
        (ids: tf.Tensor, targets: tf.Tensor) =>
          optimizer.minimize(() => net.loss(ids, targets), true, net.variables) as tf.Scalar,
        { matmul },
      );
      const batch = net.batch(seededRandom(2));
      return Array.from({ length: 20 }, () => step(...batch).arraySync());
    };
    const [exact, rounded] = [losses('float32'), losses('bfloat16')];
    rounded.forEach((loss, i) => {
      expect(Math.abs(loss - (exact[i] ?? 0))).toBeLessThan(0.05);
    });
    expect(rounded).not.toEqual(exact);
    expect(rounded[19]).toBeLessThan((rounded[0] ?? 0) - 0.5);
  });
});

describe('what a replay would fix wrongly is refused by name', () => {
  const x = () => tf.tensor1d([1, 2]);

  test('a learning rate given as a number', () => {
    const step = compile((input: tf.Tensor, rate: tf.Tensor) => input.mul(rate), { name: 'train' });
    expect(() => step(x(), 0.001 as unknown as tf.Tensor)).toThrow(
      /^Cannot compile the step train: argument 2 must be a tensor, found the number 0.001\./,
    );
  });

  test('a learning rate that follows a schedule in JavaScript', () => {
    let rate = 0.5;
    const step = compile((input: tf.Tensor) => input.mul(rate), { name: 'train' });
    expect(step(x()).arraySync()).toEqual([0.5, 1]);
    rate = 0.25;
    expect(() => step(x())).toThrow(
      /^Cannot compile the step train: from one run to the next, Mul took the constant float32 \[\] 0.5, then float32 \[\] 0.25\./,
    );
    // What is out of date is never replayed.
    expect(step(x()).arraySync()).toEqual([0.25, 0.5]);
  });

  test('a JavaScript random number', () => {
    const generator = seededRandom(1);
    const step = compile((input: tf.Tensor) => input.add(generator.next()));
    expect(() => step(x())).toThrow(/Add took the constant float32 \[\] 0\.\d+, then float32 \[\] 0\.\d+\./);
  });

  test('the mask of tf.dropout', () => {
    const step = compile((input: tf.Tensor) => tf.dropout(input, 0.5));
    expect(() => step(tf.ones([100]))).toThrow(/took the constant .*, then .*dropout\(\) from a seed/);
  });

  test.each([
    ['an argument', (input: tf.Tensor) => input.mul(input.dataSync()[0] ?? 0), 'argument 1'],
    ['a result', (input: tf.Tensor) => input.mul(input.exp().arraySync() as number[]), 'what Exp gives'],
  ])('a host read of %s', (_, read, name) => {
    const step = compile(read, { name: 'reader' });
    expect(() => step(x())).toThrow(`Cannot compile the step reader: it reads the values of ${name}`);
  });

  test('a host read of a variable, which keeps its value', () => {
    const weight = tf.variable(tf.scalar(3), true, 'weight');
    const step = compile((input: tf.Tensor) => {
      weight.assign(weight.add(1));
      return input.mul(weight.dataSync()[0] ?? 0);
    });
    expect(() => step(x())).toThrow(/it reads the values of what Add gives/);
    expect(weight.arraySync()).toBe(3);
  });

  test('a branch that JavaScript takes', () => {
    let flip = false;
    const step = compile((input: tf.Tensor) => {
      flip = !flip;
      return flip ? input.exp() : input.log();
    });
    expect(() => step(x())).toThrow(/it ran Exp as its op 2, then Log/);
  });

  test('a tensor from outside that is replaced', () => {
    let mask = tf.tensor1d([0, 1]);
    const step = compile((input: tf.Tensor) => input.mul(mask));
    expect(step(x()).arraySync()).toEqual([0, 2]);
    mask = tf.tensor1d([1, 0]);
    expect(() => step(x())).toThrow(/it used another tensor from outside/);
  });

  test('results in an order that JavaScript changes', () => {
    let flip = false;
    const step = compile((input: tf.Tensor) => {
      flip = !flip;
      const [a, b] = [input.exp(), input.log()];
      return flip ? [a, b] : [b, a];
    });
    expect(() => step(x())).toThrow(/it returned or assigned other tensors/);
  });

  test('a tensor that an earlier run kept', () => {
    let state: tf.Tensor = tf.tensor1d([1, 1]);
    const step = compile((input: tf.Tensor) => {
      state = tf.keep(state.add(input));
      return state.clone();
    });
    expect(() => step(x())).toThrow(/it uses a tensor that its earlier run made and kept/);
  });

  test('a tensor that is kept for later', () => {
    let kept: tf.Tensor | undefined;
    const step = compile((input: tf.Tensor) => {
      kept = tf.keep(input.add(1));
      return kept.mul(2);
    });
    expect(step(x()).arraySync()).toEqual([4, 6]);
    expect(() => kept?.add(1)).toThrow(
      /Cannot run Add on a tensor that was made in a compiled step and kept/,
    );
    kept?.dispose();
  });
});

describe('random numbers from a seed', () => {
  const seed = (step: number) => tf.tensor1d([7, step], 'int32');

  test('are drawn at each replay, and are the same for the same seed', () => {
    const draw = compile((s: tf.Tensor) => randomUniform([2, 500], s));
    const [first, second, again] = [1, 2, 1].map(step => [...draw(seed(step)).dataSync()]);
    expect(first).toEqual(again);
    expect(first).not.toEqual(second);
    expect(Math.min(...(first ?? []))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...(first ?? []))).toBeLessThan(1);
    const mean = (first ?? []).reduce((sum, value) => sum + value, 0) / 1000;
    expect(mean).toBeCloseTo(0.5, 1);
  });

  test('differ from stream to stream', () => {
    const draw = (stream: number) => [...randomUniform([8], seed(1), stream).dataSync()];
    expect(draw(0)).not.toEqual(draw(1));
  });

  test('drop out another share of the elements at each replay, and its gradient is the mask', () => {
    const step = compile((x: tf.Tensor, s: tf.Tensor) => [
      dropout(x, 0.25, s),
      tf.grad((y: tf.Tensor) => dropout(y, 0.25, s))(x),
    ]);
    const x = tf.ones([4000]);
    const masks = [1, 2].map(n => {
      const [kept, gradient] = step(x, seed(n)).map(tensor => [...tensor.dataSync()]);
      expect(gradient).toEqual(kept);
      return kept ?? [];
    });
    expect(masks[0]).not.toEqual(masks[1]);
    const zeros = masks[0]?.filter(value => value === 0).length ?? 0;
    expect(zeros / 4000).toBeCloseTo(0.25, 1);
    expect(Math.max(...(masks[0] ?? []))).toBeCloseTo(4 / 3, 6);
  });

  test('need a seed of two whole numbers', () => {
    expect(() => randomUniform([1], tf.scalar(1))).toThrow('the seed must be int32 [2], found float32 []');
    expect(() => dropout(tf.ones([2]), 1, seed(0))).toThrow(
      'the rate must be at least 0 and below 1, found 1',
    );
  });
});

describe('a step that cannot be compiled', () => {
  test('runs plain and says so once', () => {
    const messages: string[] = [];
    const step = compile((x: tf.Tensor) => tf.unique(x as tf.Tensor1D).values, {
      name: 'distinct',
      onFallback: message => messages.push(message),
    });
    for (let call = 0; call < 3; call++)
      expect(step(tf.tensor1d([1, 1, call], 'int32')).arraySync()).toEqual(call === 1 ? [1] : [1, call]);
    expect(messages).toEqual([
      'The step distinct runs plain, which is slower: TensorFlow cannot compile it: ' +
        'the shape of what UniqueV2 gives depends on values that are known only when it runs',
    ]);
  });

  test('fails with its own error where it fails plainly too', () => {
    const messages: string[] = [];
    const step = compile((x: tf.Tensor) => x.matMul(tf.ones([3, 3])), {
      onFallback: message => messages.push(message),
    });
    expect(() => step(tf.ones([2, 2]))).toThrow(/Matrix size-incompatible/);
    expect(messages).toEqual([]);
  });

  test('on the cpu backend, where it says that it is plain', async () => {
    const messages: string[] = [];
    const step = compile((x: tf.Tensor, s: tf.Tensor) => dropout(x, 0.5, s), {
      onFallback: message => messages.push(message),
    });
    await resolveBackend({ prefer: 'cpu' });
    try {
      const [a, b] = [1, 2].map(n => [...step(tf.ones([64]), tf.tensor1d([0, n], 'int32')).dataSync()]);
      expect(a).not.toEqual(b);
      expect(messages).toEqual([
        'The step step runs plain, which is slower: the backend is cpu, and only tensorflow compiles steps',
      ]);
    } finally {
      await resolveBackend({ prefer: 'tensorflow' });
    }
  });
});
