/** Numbers of the kinds of messages that hold something. */
const SCHEMA = 1;
const DICTIONARY = 2;
const RECORDS = 3;

/** Number of the type whose description holds a list: unions, with their members' ids. */
const UNION = 14;

/** Version from which on buffers are described without the page that they were on. */
const V4 = 3;

/** Length of the mark at both ends of a file, and of a message's length. */
const MARK_LENGTH = 6;
const INT = 4;

/**
 * Checks, before anything is read of Arrow's metadata, that every list in it is as long as its message has room for, and
 * that messages follow each other: a damaged file may state any lengths, which a reader would allocate.
 *
 * @param bytes a file, where it begins with Arrow's mark; else a stream.
 * @throws {Error} naming what is wrong.
 * @see https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
 */
export function requireArrowMessages(bytes: Uint8Array, isFile: boolean): void {
  const data = new Metadata(bytes);
  if (isFile) requireFile(data);
  else for (let at: number | undefined = 0; at !== undefined; ) at = requireMessage(data, at);
}

function requireFile(data: Metadata): void {
  const end = data.length - (MARK_LENGTH + INT);
  const length = data.int32(end);
  require(length > 0 && length <= end, `a footer of ${length} bytes`);
  const footer = data.object(end - length);
  data.schema(footer.field(6));
  data.list(footer.field(12), INT);
  for (const slot of [8, 10]) {
    let before = -1;
    for (const block of data.list(footer.field(slot), 24)) {
      const at = data.int64(block);
      // In their order, so that none is read twice.
      require(at > before && at < end, `a message at ${at}`);
      before = at;
      requireMessage(data, at);
    }
  }
}

/** Checks a message. @returns the place of the next one; undefined at the end. */
function requireMessage(data: Metadata, at: number): number | undefined {
  let start = at + INT;
  if (start > data.length) return undefined;
  let length = data.int32(at);
  if (length === -1) {
    if (start + INT > data.length) return undefined;
    length = data.int32(start);
    start += INT;
  }
  if (length === 0) return undefined;
  const end = start + length;
  require(length > 0 && end <= data.length, `metadata of ${length} bytes`);
  const head = data.part(start, end);
  const message = head.object(0);
  const bodyAt = message.field(10);
  const body = bodyAt === 0 ? 0 : head.int64(bodyAt);
  require(body >= 0 && end + body <= data.length, `a body of ${body} bytes`);
  const versionAt = message.field(4);
  const version = versionAt === 0 ? 0 : head.int16(versionAt);
  const kindAt = message.field(6);
  const kind = kindAt === 0 ? 0 : head.uint8(kindAt);
  const content = message.field(8);
  if (kind === SCHEMA) head.schema(content);
  if (kind === RECORDS) head.records(content, version);
  if (kind === DICTIONARY && content !== 0) head.records(head.object(content).field(6), version);
  return end + body;
}

/** Part of a file that holds FlatBuffers: tables that refer to each other by offsets. Nothing is read behind its end. */
class Metadata {
  readonly length: number;
  readonly #view: DataView;
  /** Fields of schemas that may still be read: one takes at least as many bytes as there are in an offset. */
  #fieldsLeft: number;

  constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#fieldsLeft = bytes.length / INT;
  }

  part(start: number, end: number): Metadata {
    const { buffer, byteOffset } = this.#view;
    return new Metadata(new Uint8Array(buffer, byteOffset + start, end - start));
  }

  uint8(at: number): number {
    return this.#view.getUint8(at);
  }

  int16(at: number): number {
    return this.#view.getInt16(at, true);
  }

  int32(at: number): number {
    return this.#view.getInt32(at, true);
  }

  int64(at: number): number {
    return Number(this.#view.getBigInt64(at, true));
  }

  /** Opens the table to which the offset at a place leads. */
  object(at: number): { field(slot: number): number } {
    const place = at + this.int32(at);
    const layout = place - this.int32(place);
    const size = this.int16(layout);
    const field = (slot: number) => {
      const offset = slot < size ? this.int16(layout + slot) : 0;
      return offset === 0 ? 0 : place + offset;
    };
    return { field };
  }

  /** Returns the places of the items of a list; 0 is the place of one that is not there. */
  list(at: number, stride: number): number[] {
    if (at === 0) return [];
    const base = at + this.int32(at);
    const count = this.int32(base);
    const first = base + INT;
    require(count >= 0 && first + count * stride <= this.length, `a list of ${count} items`);
    return Array.from({ length: count }, (_, index) => first + index * stride);
  }

  schema(at: number): void {
    if (at === 0) return;
    const schema = this.object(at);
    this.list(schema.field(8), INT);
    for (const place of this.list(schema.field(6), INT)) this.#field(place);
  }

  #field(at: number): void {
    this.#fieldsLeft -= 1;
    require(this.#fieldsLeft > 0, 'a schema that refers to itself');
    const field = this.object(at);
    this.list(field.field(16), INT);
    const kindAt = field.field(8);
    const type = field.field(10);
    if (kindAt !== 0 && type !== 0 && this.uint8(kindAt) === UNION)
      this.list(this.object(type).field(6), INT);
    for (const place of this.list(field.field(14), INT)) this.#field(place);
  }

  records(at: number, version: number): void {
    if (at === 0) return;
    const records = this.object(at);
    this.list(records.field(6), 16);
    const buffers = this.list(records.field(8), version < V4 ? 24 : 16);
    for (const place of this.list(records.field(12), 8)) {
      const count = this.int64(place);
      require(count >= 0 && count <= buffers.length, `${count} buffers of a column`);
    }
  }
}

function require(holds: boolean, found: string): void {
  if (!holds) throw new Error(found);
}
