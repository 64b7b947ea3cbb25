import { expect, test } from 'vitest';
import { crc32c, type EventContent, eventRecord } from '../../../src/train/event-records.ts';

const ROW = {
  step: 300,
  epoch: 2,
  tokens: 70_000,
  lossTokens: 7,
  loss: 2.5,
  learningRate: 1e-4,
  gradNorm: 0.5,
  tokensPerSecond: 1000,
  memory: 2e9,
};

/** The event in a record, between the length and the checksums. */
function eventOf(content: EventContent, step: number): string {
  const record = Buffer.from(eventRecord(content, step, 1.5));
  expect(Number(record.readBigUInt64LE())).toBe(record.length - 16);
  return record.subarray(12, -4).toString('hex');
}

test('a file begins as all that TensorFlow writes', () => {
  const record = Buffer.from(eventRecord({ kind: 'version' }, 0, 1.5));
  expect(record.subarray(0, 12).toString('latin1')).toBe('\x18\0\0\0\0\0\0\0\xa3\x7fK"');
  expect(eventOf({ kind: 'version' }, 0)).toBe('09000000000000f83f1a0d627261696e2e4576656e743a32');
});

// Serialized by TensorBoard 2.21's own protocol buffers.
test('events are those of TensorBoard’s protocol buffers', () => {
  expect(eventOf({ kind: 'start' }, 300)).toBe('09000000000000f83f10ac023a020801');
  expect(eventOf({ kind: 'row', row: { ...ROW, evalLoss: 3.25 } }, 300)).toBe(
    '09000000000000f83f10ac022abd010a110a0a747261696e2f6c6f737315000020400a1a0a13747261696e2f6c6561726e696e675f7261' +
      '74651517b7d1380a160a0f747261696e2f677261645f6e6f726d150000003f0a120a0b747261696e2f65706f636815000000400a130a' +
      '0c747261696e2f746f6b656e731500b888470a1e0a17747261696e2f746f6b656e735f7065725f7365636f6e641500007a440a190a12' +
      '747261696e2f6d656d6f72795f627974657315286bee4e0a100a096576616c2f6c6f73731500005040',
  );
  expect(eventOf({ kind: 'row', row: ROW }, 300)).not.toContain(Buffer.from('eval').toString('hex'));
});

test('a sample is text that is shown as it is, not as Markdown', () => {
  const samples = [{ step: 300, prompt: 'Hé\n#', text: 'You' }];
  const tensor = Buffer.from(eventOf({ kind: 'samples', samples }, 300), 'hex');
  expect(tensor.toString()).toContain('    Hé\n    #\n\n    You');
  // The same fields as TensorBoard's, which writes the metadata last.
  expect(tensor.length).toBe(73);
});

test('a sample shows the answer to compare with, or why there is none', () => {
  const error = { kind: 'rejected' as const, message: 'too long' };
  const samples = [
    { step: 1, prompt: 'p', text: 'a', reference: 'b' },
    { step: 1, prompt: 'q', text: null, error },
  ];
  const text = Buffer.from(eventOf({ kind: 'samples', samples }, 1), 'hex').toString();
  expect(text).toContain('    p\n\n    a\n\n    (reference) b');
  expect(text).toContain('    q\n\n    (too long)');
});

test('checksums are CRC-32C', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(0))).toBe(0);
});
