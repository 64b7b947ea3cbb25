/** Properties of an op that the graph must know in advance. */
export interface OpDefinition {
  /** For each input, the attribute that holds its length where it is a list. */
  inputs: { lengthAttribute: string | undefined }[];
  attributes: ReadonlySet<string>;
}

/** Field numbers of the protocol buffers `OpDef`, `OpDef.ArgDef` and `OpDef.AttrDef`. */
const OP = { input: 2, attribute: 4 };
const ARGUMENT = { numberAttribute: 5, typeListAttribute: 6 };
const ATTRIBUTE = { name: 1 };

/**
 * Reads an `OpDef` protocol buffer.
 *
 * @throws {Error} if an input is a list of mixed types, which no op of tfjs takes.
 * @see https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/op_def.proto
 */
export function parseOpDefinition(bytes: Uint8Array): OpDefinition {
  const inputs: OpDefinition['inputs'] = [];
  const attributes = new Set<string>();
  for (const { field, content } of messageFields(bytes)) {
    if (field === OP.input) {
      const argument = texts(content);
      if (argument.has(ARGUMENT.typeListAttribute)) throw new Error('an input is a list of mixed types');
      inputs.push({ lengthAttribute: argument.get(ARGUMENT.numberAttribute) });
    }
    if (field === OP.attribute) attributes.add(texts(content).get(ATTRIBUTE.name) ?? '');
  }
  return { inputs, attributes };
}

function texts(message: Uint8Array): Map<number, string> {
  const decoder = new TextDecoder();
  return new Map([...messageFields(message)].map(({ field, content }) => [field, decoder.decode(content)]));
}

/** Yields the fields of a message that hold bytes: texts and inner messages. Numbers are skipped. */
function* messageFields(bytes: Uint8Array): Generator<{ field: number; content: Uint8Array }> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wireType = tag & 7;
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else {
      const length = varint();
      yield { field: tag >>> 3, content: bytes.subarray(at, at + length) };
      at += length;
    }
  }
}
