import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Wire } from '../../../kernel/src/protocol/wire.ts';

const wire = new Wire({ key: 'secret', signature_scheme: 'hmac-sha256' });

describe('a message on the wire', () => {
  it('comes back as it was, with its routing prefix and buffers', () => {
    const message = {
      ...wire.message('stream', { text: 'ü😀' }),
      identities: [Buffer.from('peer')],
      buffers: [Buffer.from([0, 255])],
    };
    expect(wire.decode(wire.encode(message))).toEqual(message);
  });

  it('is signed over its four JSON frames, not its buffers', () => {
    const frames = wire.encode({ ...wire.message('comm_msg', { a: 1 }), buffers: [Buffer.from('binary')] });
    const [, signature, ...rest] = frames;
    const expected = createHmac('sha256', 'secret')
      .update(Buffer.concat(rest.slice(0, 4)))
      .digest('hex');
    expect(signature?.toString()).toBe(expected);
  });

  it('answers its cause: same peers, its header as parent', () => {
    const request = { ...wire.message('execute_request', {}), identities: [Buffer.from('peer')] };
    const reply = wire.message('execute_reply', { status: 'ok' }, request);
    expect(reply.identities).toEqual([Buffer.from('peer')]);
    expect(reply.parent).toEqual(request.header);
  });

  it('is refused if another key signed it, or a frame is missing', () => {
    const forged = new Wire({ key: 'guess', signature_scheme: 'hmac-sha256' }).encode(wire.message('x', {}));
    expect(() => wire.decode(forged)).toThrow('its signature is wrong');
    expect(() => wire.decode(wire.encode(wire.message('x', {})).slice(0, 4))).toThrow('it has 4 frames');
  });

  it('goes unsigned if the connection has no key', () => {
    const open = new Wire({ key: '', signature_scheme: 'hmac-sha256' });
    const frames = open.encode(open.message('x', { a: 1 }));
    expect(frames[1]?.toString()).toBe('');
    expect(open.decode(frames).content).toEqual({ a: 1 });
  });

  it('cannot be signed by a scheme nobody knows', () => {
    expect(() => new Wire({ key: 'k', signature_scheme: 'rsa-1' })).toThrow('it is rsa-1');
  });
});
