import { writeFileAtomic } from '../files/index.ts';
import { FLOAT_ENCODERS } from './float-encoders.ts';
import { elementsOf, requireNames, type TensorSource, valuesOf } from './tensor-source.ts';

/** A value of a file's metadata, with its type there: numbers of 32 bits, texts, truth values, and lists of them. */
export type GgufEntry =
  | { type: 'uint32' | 'int32' | 'float32'; value: number | readonly number[] }
  | { type: 'text'; value: string | readonly string[] }
  | { type: 'truth'; value: boolean };

/** Metadata by their keys, in their order in the file. */
export type GgufMetadata = Readonly<Record<string, GgufEntry>>;

/** Types of the elements that are written. */
export type GgufType = keyof typeof FLOAT_ENCODERS;

/** A tensor to write, with the type of its elements. */
export interface GgufTensor extends TensorSource {
  type: GgufType;
}

/** Numbers of the types in the file. */
const ENTRY_TYPES = { uint32: 4, int32: 5, float32: 6, truth: 7, text: 8 } as const;
const LIST = 9;
const TENSOR_TYPES = { F32: 0, F16: 1, Q8_0: 8, BF16: 30 } as const satisfies Record<GgufType, number>;

/** Alignment of each tensor's data in bytes, the format's default. */
const ALIGNMENT = 32;

/**
 * Writes a GGUF file, version 3, little-endian: whole or not at all, one tensor after the other, so that no more than
 * the largest is in memory.
 *
 * @throws {RangeError} if a name occurs twice, values do not fill their shape, or a row does not fill the type's blocks.
 * @throws the file system's error, with no temporary file left behind.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export async function writeGguf(
  path: string,
  metadata: GgufMetadata,
  tensors: readonly GgufTensor[],
): Promise<void> {
  requireTensors(tensors);
  await writeFileAtomic(path, fileParts(metadata, tensors));
}

/** Refuses tensors of which two have one name, or whose rows do not fill the blocks of their type. */
function requireTensors(tensors: readonly GgufTensor[]): void {
  requireNames(tensors);
  for (const { name, shape, type } of tensors) {
    const row = shape.at(-1) ?? 1;
    const { values } = FLOAT_ENCODERS[type];
    if (row % values !== 0)
      throw new RangeError(
        `Cannot write tensor "${name}": rows of a multiple of ${values} values are required for ${type}, found ${row}`,
      );
  }
}

async function* fileParts(
  metadata: GgufMetadata,
  tensors: readonly GgufTensor[],
): AsyncGenerator<Uint8Array> {
  const entries = Object.entries(metadata);
  let offset = 0;
  const infos = tensors.map(tensor => {
    const info = infoOf(tensor, offset);
    offset += aligned(bytesOf(tensor));
    return info;
  });
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(entries.length),
    ...entries.flatMap(([key, entry]) => [text(key), ...encodedValue(entry)]),
    ...infos,
  ]);
  yield padded(header);
  for (const tensor of tensors) {
    const { buffer, byteOffset, byteLength } = FLOAT_ENCODERS[tensor.type].encode(await valuesOf(tensor));
    yield padded(new Uint8Array(buffer, byteOffset, byteLength));
  }
}

/** Encodes name, dimensions (innermost first), type and place of a tensor. */
function infoOf({ name, shape, type }: GgufTensor, offset: number): Uint8Array {
  return Buffer.concat([
    text(name),
    uint32(shape.length),
    ...shape.toReversed().map(uint64),
    uint32(TENSOR_TYPES[type]),
    uint64(offset),
  ]);
}

function bytesOf(tensor: GgufTensor): number {
  const { values, bytes } = FLOAT_ENCODERS[tensor.type];
  return (elementsOf(tensor) / values) * bytes;
}

function encodedValue({ type, value }: GgufEntry): Uint8Array[] {
  const number = uint32(ENTRY_TYPES[type]);
  if (typeof value !== 'object') return [number, elementOf(type, value)];
  return [uint32(LIST), number, uint64(value.length), ...value.map(element => elementOf(type, element))];
}

function elementOf(type: GgufEntry['type'], value: string | number | boolean): Uint8Array {
  if (type === 'text') return text(String(value));
  if (type === 'truth') return Buffer.from([value ? 1 : 0]);
  if (type === 'uint32') return uint32(Number(value));
  const bytes = Buffer.alloc(4);
  if (type === 'int32') bytes.writeInt32LE(Number(value));
  else bytes.writeFloatLE(Number(value));
  return bytes;
}

function text(value: string): Uint8Array {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Appends zeros up to the next multiple of the alignment. */
function padded(bytes: Uint8Array): Uint8Array {
  return bytes.length === aligned(bytes.length)
    ? bytes
    : Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);
}
