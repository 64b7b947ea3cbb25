import { ReadError, shown } from '../readers/index.ts';
import { GGML_TYPES } from './ggml-types.ts';
import { type ByteSource, type Cursor, cursor } from './gguf-cursor.ts';
import { elementCount, type StoredTensor, tensorAt } from './stored-tensor.ts';

/** A value that a GGUF file states: an array of numbers as a typed array, of truth values as 0 and 1. */
export type GgufValue = number | bigint | boolean | string | string[] | NumberArray;

export type NumberArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | BigUint64Array
  | BigInt64Array
  | Float64Array;

export interface GgufHeader {
  metadata: Map<string, GgufValue>;
  tensors: Map<string, StoredTensor>;
}

/** Most bytes before the data; vocabularies of 260,000 tokens with merges and scores take about 16 MB. */
const MOST_HEADER_BYTES = 2 ** 26;

/** ggml handles no more dimensions. */
const MOST_DIMENSIONS = 4;

/** Alignment of each tensor's data in bytes, where no metadata state another. */
const ALIGNMENT = 32;

interface NumberType {
  new (buffer: ArrayBuffer): NumberArray;
  BYTES_PER_ELEMENT: number;
}

/** Types of numbers in metadata by their numbers; 7 is a truth value. */
const NUMBER_TYPES: Readonly<Record<number, NumberType>> = {
  ...{ 0: Uint8Array, 1: Int8Array, 2: Uint16Array, 3: Int16Array, 4: Uint32Array, 5: Int32Array },
  ...{ 6: Float32Array, 7: Uint8Array, 10: BigUint64Array, 11: BigInt64Array, 12: Float64Array },
};
const TRUTH = 7;
const TEXT = 8;
const ARRAY = 9;

/**
 * Parses the header before the data of a GGUF file, versions 2 and 3, little-endian, and holds it to the format: each
 * name once, tensors of known types that lie within the file and do not overlap.
 *
 * @param source the file; its size bounds every count that the header states, so that a hostile one allocates no more
 *   than a small multiple of what it holds.
 * @throws {ReadError} if it breaks a rule.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export function parseGgufHeader(source: ByteSource): GgufHeader {
  const { path } = source;
  const from = cursor(source, Math.min(source.size, MOST_HEADER_BYTES));
  const magic = String.fromCharCode(...from.take(4, 'the magic number'));
  if (magic !== 'GGUF')
    throw new ReadError({ at: path, required: '"GGUF" at its start', found: shown(magic) });
  const version = from.uint32('the version');
  if (version !== 2 && version !== 3) {
    throw new ReadError({ at: path, required: 'version 2 or 3, little-endian', found: `version ${version}` });
  }
  const tensorCount = from.count(24, 'tensors');
  const valueCount = from.count(13, 'metadata values');
  const metadata = readMetadata(from, valueCount, path);
  const stated = Array.from({ length: tensorCount }, () => readTensorInfo(from, path));
  const alignment = metadata.get('general.alignment') ?? ALIGNMENT;
  if (typeof alignment !== 'number' || alignment < 1 || !Number.isInteger(Math.log2(alignment))) {
    const at = `${path}, "general.alignment"`;
    throw new ReadError({ at, required: 'a power of two', found: String(alignment) });
  }
  const dataStart = Math.ceil(from.offset / alignment) * alignment;
  return { metadata, tensors: placeTensors(stated, dataStart, alignment, source) };
}

function readMetadata(from: Cursor, count: number, path: string): Map<string, GgufValue> {
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < count; i++) {
    const key = from.text('a metadata key');
    if (metadata.has(key)) {
      throw new ReadError({ at: path, required: 'each metadata key once', found: `${shown(key)} twice` });
    }
    metadata.set(key, readValue(from, key, path));
  }
  return metadata;
}

function readValue(from: Cursor, key: string, path: string): GgufValue {
  const what = `the value of ${shown(key)}`;
  const type = from.uint32(`the type of ${shown(key)}`);
  if (type === TEXT) return from.text(what);
  if (type === ARRAY) return readArray(from, key, path);
  const [value] = readNumbers(from, type, 1, key, path);
  if (type === TRUTH) return value !== 0;
  return Number.isSafeInteger(Number(value)) ? Number(value) : (value as number | bigint);
}

function readArray(from: Cursor, key: string, path: string): GgufValue {
  const type = from.uint32(`the element type of ${shown(key)}`);
  if (type === TEXT) {
    const count = from.count(8, `texts of ${shown(key)}`);
    return Array.from({ length: count }, () => from.text(`a text of ${shown(key)}`));
  }
  const count = from.count(1, `numbers of ${shown(key)}`);
  return readNumbers(from, type, count, key, path);
}

function readNumbers(from: Cursor, type: number, count: number, key: string, path: string): NumberArray {
  const numbers = NUMBER_TYPES[type];
  if (!numbers) {
    const required = 'a type from 0 to 12, and no arrays in an array';
    throw new ReadError({ at: `${path}, ${shown(key)}`, required, found: `type ${type}` });
  }
  const bytes = from.take(count * numbers.BYTES_PER_ELEMENT, `the value of ${shown(key)}`);
  return new numbers(bytes.slice().buffer);
}

/** Reads a tensor whose offset is still counted from the start of the data. */
function readTensorInfo(from: Cursor, path: string): Omit<StoredTensor, 'offset'> & { offset: bigint } {
  const name = from.text("a tensor's name");
  const at = tensorAt(path, name);
  const dimensions = from.uint32('the number of dimensions');
  if (dimensions > MOST_DIMENSIONS) {
    throw new ReadError({ at, required: `at most ${MOST_DIMENSIONS} dimensions`, found: `${dimensions}` });
  }
  // The file states the innermost dimension first.
  const shape = Array.from({ length: dimensions }, () => Number(from.uint64('a dimension'))).reverse();
  const number = from.uint32('the type of a tensor');
  const block = GGML_TYPES.get(number);
  if (!block) {
    const required = `one of the types ${[...GGML_TYPES.values()].map(({ name }) => name).join(', ')}`;
    throw new ReadError({ at, required, found: `type ${number} of ggml` });
  }
  const row = shape.at(-1) ?? 1;
  if (row % block.values !== 0) {
    const required = `rows of a multiple of ${block.values} values, for ${block.name},`;
    throw new ReadError({ at, required, found: `${row}` });
  }
  const bytes = (elementCount(shape, at) / block.values) * block.bytes;
  return { name, type: block.name, shape, bytes, offset: from.uint64("the offset of a tensor's data") };
}

function placeTensors(
  stated: readonly ReturnType<typeof readTensorInfo>[],
  dataStart: number,
  alignment: number,
  { path, size }: ByteSource,
): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const { offset, ...tensor } of stated) {
    const at = tensorAt(path, tensor.name);
    if (tensors.has(tensor.name))
      throw new ReadError({ at, required: 'one tensor of this name', found: 'another' });
    if (offset % BigInt(alignment) !== 0n) {
      throw new ReadError({
        at,
        required: `data at a multiple of ${alignment} bytes`,
        found: `byte ${offset}`,
      });
    }
    const end = BigInt(dataStart) + offset + BigInt(tensor.bytes);
    if (end > size) {
      const required = `data within the file's ${size} bytes`;
      throw new ReadError({ at, required, found: `${tensor.bytes} bytes that end at byte ${end}` });
    }
    tensors.set(tensor.name, { ...tensor, offset: dataStart + Number(offset) });
  }
  let before: StoredTensor | undefined;
  for (const tensor of [...tensors.values()].sort((a, b) => a.offset - b.offset || a.bytes - b.bytes)) {
    if (before && before.offset + before.bytes > tensor.offset) {
      const required = `data after those of ${shown(before.name)}, which end at byte ${before.offset + before.bytes},`;
      throw new ReadError({ at: tensorAt(path, tensor.name), required, found: `byte ${tensor.offset}` });
    }
    before = tensor;
  }
  return tensors;
}
