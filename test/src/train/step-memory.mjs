/** Takes one step of a small model on long sequences, and prints by how many MB the process grew at its largest. */
import * as tf from '@tensorflow/tfjs';
import { resolveBackend } from '../../../dist/compute/index.js';
import { initialise } from '../../../dist/model/index.js';
import { adamw, trainStep } from '../../../dist/train/index.js';

const [gradientCheckpointing] = process.argv.slice(2);
const [batch, length] = [16, 256];

await resolveBackend({ prefer: 'tensorflow' });
/** @type {import('../../../src/model/index.ts').Gpt2Config} */
const config = {
  architecture: 'gpt2',
  vocabSize: 64,
  maxPositions: length,
  hiddenSize: 32,
  layers: 16,
  heads: 4,
  intermediateSize: 64,
  normEpsilon: 1e-5,
  tieWordEmbeddings: true,
};
const ids = tf.zeros([batch, length], 'int32');
const given = { ids, targets: ids, lossMask: tf.ones([batch, length]) };
const step = trainStep(
  { config, weights: initialise(config, 1) },
  { optimizer: adamw(), gradientCheckpointing: gradientCheckpointing === 'true' },
);
const before = process.memoryUsage.rss() / 2 ** 20;
step(given, 1e-3).loss.dataSync();
console.log(process.resourceUsage().maxRSS / 2 ** 10 - before);
