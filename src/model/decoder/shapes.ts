import type { ModelConfig } from '../config.ts';
import { blockName, type Decoder, isFused } from './decoder.ts';

/** Returns name and shape of every weight, in the order of the data. */
export function decoderShapes(config: ModelConfig, decoder: Decoder): Map<string, readonly number[]> {
  const { vocabSize, maxPositions, hiddenSize, layers, tieWordEmbeddings } = config;
  const shapes = new Map<string, readonly number[]>();
  shapes.set(`${decoder.tokenEmbedding}.weight`, [vocabSize, hiddenSize]);
  if (decoder.positionEmbedding !== undefined) {
    shapes.set(`${decoder.positionEmbedding}.weight`, [maxPositions, hiddenSize]);
  }
  for (let layer = 0; layer < layers; layer++) addBlock(shapes, config, decoder, blockName(decoder, layer));
  addNorm(shapes, decoder, decoder.finalNorm, hiddenSize);
  return tieWordEmbeddings ? shapes : shapes.set(`${decoder.output}.weight`, [vocabSize, hiddenSize]);
}

type Shapes = Map<string, readonly number[]>;

function addBlock(shapes: Shapes, config: ModelConfig, decoder: Decoder, block: string): void {
  const { hiddenSize, heads, intermediateSize } = config;
  const { attention, mlp, fanInFanOut = false } = decoder;
  const norm = (name: string | undefined, size: number) => {
    if (name !== undefined) addNorm(shapes, decoder, block + name, size);
  };
  const map = (name: string, inputs: number, outputs: number, bias: boolean) => {
    shapes.set(`${block}${name}.weight`, fanInFanOut ? [inputs, outputs] : [outputs, inputs]);
    if (bias) shapes.set(`${block}${name}.bias`, [outputs]);
  };

  const { maps, qkvBias, qkNorm, kvHeads, headDim } = attention;
  const [queries, keys] = [heads * headDim, kvHeads * headDim];
  norm(attention.inputNorm, hiddenSize);
  if (isFused(maps)) map(maps.qkv, hiddenSize, queries + 2 * keys, qkvBias);
  else {
    map(maps.q, hiddenSize, queries, qkvBias);
    map(maps.k, hiddenSize, keys, qkvBias);
    map(maps.v, hiddenSize, keys, qkvBias);
  }
  norm(qkNorm?.q, qkNorm?.over === 'all' ? queries : headDim);
  norm(qkNorm?.k, qkNorm?.over === 'all' ? keys : headDim);
  map(attention.output, queries, hiddenSize, attention.outputBias);
  norm(attention.outputNorm, hiddenSize);

  norm(mlp.inputNorm, hiddenSize);
  if (mlp.gate === 'fused') map(mlp.up, hiddenSize, 2 * intermediateSize, mlp.bias);
  else {
    if (mlp.gate !== undefined) map(mlp.gate, hiddenSize, intermediateSize, mlp.bias);
    map(mlp.up, hiddenSize, intermediateSize, mlp.bias);
  }
  map(mlp.down, intermediateSize, hiddenSize, mlp.bias);
  norm(mlp.outputNorm, hiddenSize);
}

function addNorm(shapes: Shapes, { norm }: Decoder, name: string, size: number): void {
  shapes.set(`${name}.weight`, [size]);
  if (norm === 'layer') shapes.set(`${name}.bias`, [size]);
}
