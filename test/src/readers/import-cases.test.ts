import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readBytes, readSource, type SourceContent } from '../../../src/readers/index.ts';
import { type ExpectedReport, IMPORT_CASES } from '../../fixtures/import-cases.ts';
import { requires } from '../../fixtures/requires.ts';

async function read(name: string, content: string | Uint8Array): Promise<SourceContent> {
  const stored = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const bytes = name.endsWith('.gz') ? new Uint8Array(gunzipSync(stored)) : stored;
  return readSource(await readBytes(bytes, name), { name });
}

function expectReport(name: string, { report }: SourceContent, expected: ExpectedReport): void {
  const { kind = 'answers', skipped = 0, ...others } = expected;
  expect({ ...report, skipped: report.skipped.length }, name).toMatchObject({ kind, skipped, ...others });
}

test.each(IMPORT_CASES)('$name is understood', async ({ name, content, expected }) => {
  expectReport(name, await read(name, content), expected);
});

/** Folder of collected files and of what must be understood of each. */
const FOLDER = process.env.IMITATION_LAB_CASES ?? '';
const AVAILABLE = existsSync(join(FOLDER, 'expected.json'));

test(
  'the collected files are understood as their list says',
  requires(AVAILABLE, 'no collected files: IMITATION_LAB_CASES names no folder of them'),
  async () => {
    const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8'));
    const names = readdirSync(join(FOLDER, 'formats'));
    expect(Object.keys(expected).sort()).toEqual(names.sort());
    for (const name of names) {
      const bytes = readFileSync(join(FOLDER, 'formats', name));
      expectReport(name, await read(name, bytes), expected[name]);
    }
  },
);
