import { describe, expect, test } from 'vitest';
import { type LlamaConfig, type ModelConfig, modelSizes } from '../../../../src/model/index.ts';
import { PAPER_SHAPES } from '../../../../src/study/config/paper-shapes.ts';
import { UTILIZATION } from '../../../../src/study/estimate/device.ts';
import { estimateAnswering, estimateTraining } from '../../../../src/study/estimate/estimate-run.ts';
import { answeringMemory, totalOf, trainingMemory } from '../../../../src/study/estimate/memory.ts';
import { readingOperations, trainingOperations } from '../../../../src/study/estimate/operations.ts';

const gpt2 = (vocabSize: number, hiddenSize: number, layers: number, heads: number, maxPositions: number) =>
  ({
    architecture: 'gpt2',
    vocabSize,
    maxPositions,
    hiddenSize,
    layers,
    heads,
    intermediateSize: 4 * hiddenSize,
    normEpsilon: 1e-5,
    tieWordEmbeddings: true,
  }) as const satisfies ModelConfig;
const grouped: LlamaConfig = {
  architecture: 'llama',
  vocabSize: 49_152,
  maxPositions: 2048,
  hiddenSize: 576,
  layers: 30,
  heads: 9,
  kvHeads: 3,
  headDim: 64,
  intermediateSize: 1536,
  normEpsilon: 1e-5,
  tieWordEmbeddings: true,
  rope: { theta: 10_000 },
};

describe('weights', () => {
  test.each([
    // Tables 50 · 16 and 32 · 16; maps 2 · 16² · 12; norms 2 · 4 · 16 and 2 · 16, biases 2 · 144.
    ['GPT-2', gpt2(50, 16, 2, 4, 32), [1312, 6144, 448]],
    [
      'GPT-2 with an output matrix of its own',
      { ...gpt2(50, 16, 2, 4, 32), tieWordEmbeddings: false },
      [2112, 6144, 448],
    ],
    // A table of 49,152 · 576; in 30 blocks maps of 576 · (2 · 576 + 2 · 192 + 3 · 1,536), and norms.
    ['LLaMA with grouped heads', grouped, [28_311_552, 106_168_320, 35_136]],
    [
      'LLaMA with an output matrix of its own',
      { ...grouped, tieWordEmbeddings: false },
      [56_623_104, 106_168_320, 35_136],
    ],
  ])('of %s are those of its embeddings, of its maps, and the rest', (_, config, expected) => {
    const { embeddings, maps, rest, all } = modelSizes(config).weights;
    expect([embeddings, maps, rest]).toEqual(expected);
    expect(all).toBe(embeddings + maps + rest);
  });

  test('of a block are in maps of these sizes', () => {
    expect([...modelSizes(grouped).blockMaps]).toEqual([
      ['self_attn.q_proj', { inputs: 576, outputs: 576, transposed: true }],
      ['self_attn.k_proj', { inputs: 576, outputs: 192, transposed: true }],
      ['self_attn.v_proj', { inputs: 576, outputs: 192, transposed: true }],
      ['self_attn.o_proj', { inputs: 576, outputs: 576, transposed: true }],
      ['mlp.gate_proj', { inputs: 576, outputs: 1536, transposed: true }],
      ['mlp.up_proj', { inputs: 576, outputs: 1536, transposed: true }],
      ['mlp.down_proj', { inputs: 1536, outputs: 576, transposed: true }],
    ]);
    expect(modelSizes(gpt2(50, 16, 2, 4, 32)).blockMaps.get('attn.c_attn')).toEqual({
      inputs: 16,
      outputs: 48,
      transposed: false,
    });
  });

  test('of the paper’s models are 1.56, 6.74 and 13.0 billion', () => {
    const billions = Object.values(PAPER_SHAPES).map(config => modelSizes(config).weights.all / 1e9);
    expect(billions.map(count => count.toFixed(3))).toEqual(['1.558', '6.738', '13.016']);
  });
});

describe('operations', () => {
  // Maps 12 · 16² · 2 = 6,144, output 50 · 16 = 800; attention 2 layers · 4 · 8 positions · 16 = 1,024.
  const tiny = modelSizes(gpt2(50, 16, 2, 4, 32));

  test('of reading a token are two a weight and those of attention', () => {
    expect(readingOperations(tiny, { tokens: 1, sequenceLength: 8 })).toBe(2 * 6944 + 1024);
    expect(readingOperations(tiny, { tokens: 3, sequenceLength: 8, logits: false })).toBe(
      3 * (2 * 6144 + 1024),
    );
  });

  test('of training are three times as many, twice with adapters, and the blocks again with checkpointing', () => {
    const once = 2 * 6944 + 1024;
    const of = (gradientCheckpointing: boolean, lora: boolean) =>
      trainingOperations(tiny, { tokens: 1, sequenceLength: 8, gradientCheckpointing, lora });
    expect(of(false, false)).toBe(3 * once);
    expect(of(false, true)).toBe(2 * once);
    expect(of(true, false)).toBe(3 * once + 2 * 6144 + 1024);
  });
});

/** Peaks that were measured on two cores with the runs' benchmarks, in MB: data/LOG.md. */
describe('memory', () => {
  const within = (estimate: number, measured: number) =>
    expect(Math.abs(estimate / measured - 1)).toBeLessThan(0.15);

  test.each([
    [gpt2(512, 128, 4, 4, 128), 128, 16, 601],
    [gpt2(4096, 256, 4, 4, 256), 256, 8, 819],
    [gpt2(8192, 512, 6, 8, 256), 256, 4, 1293],
  ])(
    'of training is within 15 % of what was measured',
    (config, sequenceLength, microBatchSize, measured) => {
      const memory = trainingMemory(modelSizes(config), {
        sequenceLength,
        microBatchSize,
        accumulates: false,
        gradientCheckpointing: false,
      });
      within(totalOf(memory) / 1e6, measured);
    },
  );

  test('of training adapters of SmolLM2-135M is too', () => {
    const shape = {
      sequenceLength: 256,
      microBatchSize: 2,
      accumulates: false,
      gradientCheckpointing: false,
      lora: { rank: 8 },
    };
    within(totalOf(trainingMemory(modelSizes(grouped), shape)) / 1e6, 3149);
  });

  test.each([
    [1, 1655],
    [16, 1791],
  ])('of %d answers of SmolLM2-135M side by side is too', (concurrency, measured) => {
    within(
      totalOf(answeringMemory(modelSizes(grouped), { prompt: 64, answer: 128, concurrency })) / 1e6,
      measured,
    );
  });

  test('is less with checkpointing and with adapters, and weights are no copy on a GPU', () => {
    const shape = {
      sequenceLength: 2048,
      microBatchSize: 2,
      accumulates: true,
      gradientCheckpointing: false,
    };
    const llama = modelSizes(PAPER_SHAPES['llama-7b']);
    const whole = trainingMemory(llama, shape);
    expect(whole).toMatchObject({
      weights: 26_953_662_464,
      'copy of weights': 26_953_662_464,
      gradients: 26_953_662_464,
      'sums of gradients': 2 * 26_953_662_464,
      'optimizer moments': 2 * 26_953_662_464,
    });
    const { activations = 0 } = trainingMemory(llama, { ...shape, gradientCheckpointing: true });
    expect(activations).toBeLessThan((whole.activations ?? 0) / 10);
    const adapters = trainingMemory(llama, { ...shape, lora: { rank: 8 } }, true);
    // 8 · 32 layers · (4 · 8,192 + 3 · 15,104) numbers.
    expect(adapters).toMatchObject({ 'copy of weights': 0, adapters: 4 * 8 * 32 * (4 * 8192 + 3 * 15_104) });
    const some = trainingMemory(llama, { ...shape, lora: { rank: 8, targets: ['q_proj', 'v_proj'] } });
    expect(some.adapters).toBe(4 * 8 * 32 * 2 * 8192);
  });
});

describe('a run', () => {
  const device = {
    name: 'stated',
    gpu: true,
    teraflops: 100,
    bandwidth: 1000,
    memory: 80,
    pricePerHour: 2,
    utilization: UTILIZATION,
  };
  const model = modelSizes(PAPER_SHAPES['gpt2-xl']);

  test('of training takes the time of its operations, and the disk of its checkpoints', () => {
    const estimate = estimateTraining(model, 20e6, { preset: 'paper', gradientCheckpointing: true }, device);
    const operations = trainingOperations(model, {
      tokens: 20e6,
      sequenceLength: 1024,
      gradientCheckpointing: true,
      lora: false,
    });
    const weights = 4 * 1_557_611_200;
    expect(estimate).toMatchObject({ tokens: 20e6, operations, disk: { left: weights, peak: 7 * weights } });
    expect(estimate.seconds).toBeCloseTo(5 + weights / 1e9 + operations / 40e12, 6);
    expect(estimateTraining(model, null, {}, device)).toMatchObject({ tokens: null, seconds: null });
  });

  test('of answering is bound by the weights that each token reads, or by operations', () => {
    const asked = { count: 16, prompt: { mean: 100, longest: 100 }, answer: 10 };
    const weights = 4 * 1_557_611_200;
    const read = readingOperations(model, { tokens: 1600, sequenceLength: 100, logits: false }) / 40e12;
    const seconds = (concurrency: number, bandwidth: number) =>
      estimateAnswering(model, { ...asked, concurrency }, { ...device, bandwidth }).seconds ?? 0;
    const begun = 5 + weights / 1e9 + read;
    // 16 prompts, 8 side by side: 20 steps, each of which reads 6.2 GB at 1,000 GB/s.
    expect(seconds(8, 1000)).toBeCloseTo(begun + 20 * (weights / 1e12), 6);
    const step = readingOperations(model, { tokens: 8, sequenceLength: 100 }) / 40e12;
    expect(seconds(8, 1e9)).toBeCloseTo(begun + 20 * step, 6);
  });
});
