import type { TrainingRow, TrainingSample } from '../schema.ts';

/*
 * Records of TensorBoard's event files: protocol buffers of the type Event, each between its length and checksums, as in
 * TFRecord files.
 */

/** Content of an event: the version of its file, the start of a run, or values. */
export type EventContent =
  | { kind: 'version' }
  | { kind: 'start' }
  | { kind: 'row'; row: TrainingRow }
  | { kind: 'samples'; samples: readonly TrainingSample[] };

/**
 * Encodes an event as a record of its file.
 *
 * @param step of the run, from which on earlier events are void where a run starts.
 * @param seconds since 1970.
 * @see https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto
 */
export function eventRecord(content: EventContent, step: number, seconds: number): Uint8Array {
  return recordOf(Buffer.concat([double(1, seconds), integer(2, step), contentField(content)]));
}

function contentField(content: EventContent): Uint8Array {
  switch (content.kind) {
    case 'version':
      return text(3, 'brain.Event:2');
    case 'start':
      return bytes(7, integer(1, 1));
    case 'row':
      return bytes(5, Buffer.concat(scalarsOf(content.row).map(scalar)));
    case 'samples':
      return bytes(5, Buffer.concat(content.samples.map(written)));
  }
}

/** Names of values are those of Transformers' Trainer, where it has them. */
function scalarsOf(row: TrainingRow): [tag: string, value: number][] {
  return [
    ['train/loss', row.loss],
    ['train/learning_rate', row.learningRate],
    ['train/grad_norm', row.gradNorm],
    ['train/epoch', row.epoch],
    ['train/tokens', row.tokens],
    ['train/tokens_per_second', row.tokensPerSecond],
    ['train/memory_bytes', row.memory],
    ...(row.evalLoss === undefined ? [] : [['eval/loss', row.evalLoss] satisfies [string, number]]),
  ];
}

function scalar([tag, value]: [string, number]): Uint8Array {
  return bytes(1, Buffer.concat([text(1, tag), float(2, value)]));
}

/** Encodes a sample as a summary of the plugin `text`, which shows Markdown: the texts are set as code. */
function written(sample: TrainingSample, index: number): Uint8Array {
  const answer = sample.text ?? `(${sample.error?.message ?? 'no answer'})`;
  const reference = sample.reference === undefined ? [] : [`(reference) ${sample.reference}`];
  const metadata = Buffer.concat([bytes(1, text(1, 'text')), integer(4, TENSOR_DATA)]);
  const shape = bytes(2, integer(1, 1));
  const tensor = Buffer.concat([
    integer(1, STRINGS),
    bytes(2, shape),
    text(8, [sample.prompt, answer, ...reference].map(asCode).join('\n\n')),
  ]);
  return bytes(1, Buffer.concat([text(1, `samples/${index + 1}`), bytes(9, metadata), bytes(8, tensor)]));
}

const TENSOR_DATA = 2; // DataClass.DATA_CLASS_TENSOR
const STRINGS = 7; // DataType.DT_STRING

function asCode(content: string): string {
  return content.replace(/^/gm, '    ');
}

// Fields of protocol buffers.

function integer(number: number, value: number): Uint8Array {
  if (value === 0) return Buffer.alloc(0);
  return Buffer.from([...varint(8 * number), ...varint(value)]);
}

function double(number: number, value: number): Uint8Array {
  const field = Buffer.alloc(9);
  field.writeUInt8(8 * number + 1);
  field.writeDoubleLE(value, 1);
  return field;
}

function float(number: number, value: number): Uint8Array {
  const field = Buffer.alloc(5);
  field.writeUInt8(8 * number + 5);
  field.writeFloatLE(Math.fround(value), 1);
  return field;
}

function text(number: number, value: string): Uint8Array {
  return bytes(number, Buffer.from(value));
}

function bytes(number: number, value: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([...varint(8 * number + 2), ...varint(value.length)]), value]);
}

function varint(value: number): number[] {
  const low: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) low.push((rest % 128) + 128);
  return [...low, rest];
}

// TFRecord.

function recordOf(data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

/** Masks a checksum as TFRecord does, so that it is no checksum of data that hold it. */
function checksum(data: Uint8Array): Uint8Array {
  const crc = crc32c(data);
  const field = Buffer.alloc(4);
  field.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  return field;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** CRC-32C (Castagnoli), which Node's `zlib.crc32` is not. */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
