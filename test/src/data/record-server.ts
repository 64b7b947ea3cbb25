import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordCatalogue } from '../../../src/data/index.ts';

/** A file server on loopback that answers one way for each request, in turn; the last way stays. */
export interface RecordServer {
  base: string;
  /** Paths and `Range` headers of the requests so far. */
  requests: { path: string; range: string | undefined }[];
  close(): Promise<void>;
}

/** How to answer one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export async function serve(...answers: Answer[]): Promise<RecordServer> {
  const requests: RecordServer['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', range: request.headers.range });
    answers[Math.min(requests.length, answers.length) - 1]?.(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Sends the file, or the part of it that `Range` asks for. */
export function whole(content: Buffer): Answer {
  return (request, response) => {
    const from = rangeStart(request);
    if (from === undefined) response.writeHead(200, { 'content-length': content.length });
    else
      response.writeHead(206, { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` });
    response.end(content.subarray(from ?? 0));
  };
}

/** Sends `length` bytes from where `Range` asks, then cuts the connection. */
export function cut(content: Buffer, length: number): Answer {
  return (request, response) => {
    const from = rangeStart(request);
    if (from === undefined) response.writeHead(200, { 'content-length': content.length });
    else
      response.writeHead(206, { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` });
    response.write(content.subarray(from ?? 0, (from ?? 0) + length), () =>
      setTimeout(() => request.socket.destroy(), 20),
    );
  };
}

/** Sends the whole file, whatever `Range` asks for. */
export function deaf(content: Buffer): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.end(content);
  };
}

export function status(code: number): Answer {
  return (_, response) => {
    response.writeHead(code);
    response.end();
  };
}

/** Sends the head and `length` bytes, then nothing more. */
export function stall(content: Buffer, length: number): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, length));
  };
}

/** A catalogue with one record, `test/one`, at a path that needs encoding. */
export function catalogueOf(content: Buffer): RecordCatalogue {
  return {
    sets: { 'test-set': ['test/*'] },
    records: [
      {
        name: 'test/one',
        repo: 'owner/repo',
        commit: 'c0ffee',
        licence: 'MIT',
        path: '原始/a b#1.jsonl',
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    ],
  };
}

function rangeStart(request: IncomingMessage): number | undefined {
  const [, start] = request.headers.range?.match(/^bytes=(\d+)-$/) ?? [];
  return start === undefined ? undefined : Number(start);
}
