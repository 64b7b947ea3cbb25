import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** Version of the messaging protocol spoken. */
export const PROTOCOL_VERSION = '5.5';

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** A message of the Jupyter protocol. */
export interface Message {
  /** Routing prefix: the peers on a router socket, the topic on iopub. */
  identities: Buffer[];
  header: Header;
  parent: Partial<Header>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  buffers: Buffer[];
}

const DELIMITER = Buffer.from('<IDS|MSG>');

/** Signs, writes and reads messages with the key of one connection. */
export class Wire {
  readonly #key: string;
  readonly #algorithm: string;
  readonly #session = randomUUID();

  /** @throws {Error} if the signature scheme is not `hmac-` and a hash that this runtime has. */
  constructor({ key, signature_scheme }: { key: string; signature_scheme: string }) {
    this.#key = key;
    const [kind, algorithm = ''] = signature_scheme.split('-');
    if (kind !== 'hmac')
      throw new Error(`Cannot sign messages: scheme must be hmac-…, it is ${signature_scheme}`);
    createHmac(algorithm, 'probe');
    this.#algorithm = algorithm;
  }

  /** Makes a new message of this kernel, caused by `parent`. */
  message(type: string, content: Record<string, unknown>, parent: Partial<Message> = {}): Message {
    return {
      identities: parent.identities ?? [],
      header: {
        msg_id: randomUUID(),
        msg_type: type,
        session: this.#session,
        username: 'kernel',
        date: new Date().toISOString(),
        version: PROTOCOL_VERSION,
      },
      parent: parent.header ?? {},
      metadata: {},
      content,
      buffers: [],
    };
  }

  /** Encodes a message as frames. The signature covers the four JSON frames, never the buffers. */
  encode({ identities, header, parent, metadata, content, buffers }: Message): Buffer[] {
    const json = [header, parent, metadata, content].map(part => Buffer.from(JSON.stringify(part)));
    return [...identities, DELIMITER, Buffer.from(this.#sign(json)), ...json, ...buffers];
  }

  /**
   * Reads the frames of a message.
   *
   * @throws {Error} if a frame is missing or unreadable, or the signature is wrong.
   */
  decode(frames: Buffer[]): Message {
    const at = frames.findIndex(frame => frame.equals(DELIMITER));
    const [signature, header, parent, metadata, content, ...buffers] = frames.slice(at + 1);
    if (at < 0 || !signature || !header || !parent || !metadata || !content)
      throw new Error(
        `Cannot read a message: it must have a delimiter and five frames, it has ${frames.length} frames`,
      );
    const wanted = Buffer.from(this.#sign([header, parent, metadata, content]));
    if (this.#key && (signature.length !== wanted.length || !timingSafeEqual(signature, wanted)))
      throw new Error('Cannot read a message: its signature is wrong');
    return {
      identities: frames.slice(0, at),
      header: parse(header) as unknown as Header,
      parent: parse(parent),
      metadata: parse(metadata),
      content: parse(content),
      buffers,
    };
  }

  #sign(parts: Buffer[]): string {
    if (!this.#key) return '';
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }
}

function parse(frame: Buffer): Record<string, unknown> {
  return JSON.parse(frame.toString('utf8')) as Record<string, unknown>;
}
