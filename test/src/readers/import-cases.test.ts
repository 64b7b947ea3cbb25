import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readBytes, readSource, type SourceContent } from '../../../src/readers/index.ts';
import { type ExpectedReport, IMPORT_CASES } from '../../fixtures/import-cases.ts';

async function read(name: string, content: string | Uint8Array): Promise<SourceContent> {
  const stored = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const bytes = name.endsWith('.gz') ? new Uint8Array(gunzipSync(stored)) : stored;
  return readSource(await readBytes(bytes, name), { name });
}

function expectReport({ report }: SourceContent, expected: ExpectedReport): void {
  const { kind = 'answers', skipped = 0, ...others } = expected;
  expect({ ...report, skipped: report.skipped.length }).toMatchObject({ kind, skipped, ...others });
}

test.each(IMPORT_CASES)('$name is understood', async ({ name, content, expected }) => {
  expectReport(await read(name, content), expected);
});

/** The folder of files that others collected, where it is available. */
const FOLDER = process.env.IMITATION_LAB_CASES ?? '';
const available = existsSync(join(FOLDER, 'expected.json'));
const names = available ? readdirSync(join(FOLDER, 'formats')) : [];

test.runIf(available).each(names)('of the collected files, %s is understood', async name => {
  const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8'));
  expectReport(await read(name, readFileSync(join(FOLDER, 'formats', name))), expected[name]);
});
