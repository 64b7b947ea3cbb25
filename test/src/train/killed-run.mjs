/**
 * A run that a test kills: fine-tunes the toy model on TensorFlow in the folder that it is given, with the options
 * that it is given as JSON, and prints each step's number; when it ends, the SHA-256 of its weights.
 */
import { createHash } from 'node:crypto';
import { resolveBackend } from '../../../dist/compute/index.js';
import { initialise } from '../../../dist/model/index.js';
import { finetune } from '../../../dist/train/index.js';
import { TOY_CONFIG, toyBlocks } from './toy-run.mjs';

const [folder = '', options = '{}'] = process.argv.slice(2);
await resolveBackend({ prefer: 'tensorflow' });
const { model } = await finetune({ config: TOY_CONFIG, weights: initialise(TOY_CONFIG, 1) }, toyBlocks(30), {
  ...JSON.parse(options),
  folder,
  evalBlocks: toyBlocks(5, 3),
  onRow: ({ step }) => console.log(step),
});
const hash = createHash('sha256');
for (const [name, weight] of Object.entries(model.weights)) hash.update(name).update(weight.dataSync());
console.log(hash.digest('hex'));
