import type { ModelServer, RequestEntry } from '../../serve/index.ts';
import type { ServeConfig, serveCommand } from '../commands/serve.ts';
import type { OptionsOf } from '../declare/command.ts';
import { openModel } from './open-model.ts';
import { printJson } from './progress.ts';

/** Serves a model until the user or the system stops it. */
export async function run(
  options: ServeConfig,
  { json = false }: OptionsOf<typeof serveCommand>,
): Promise<void> {
  const { serveModel } = await import('../../serve/index.ts');
  const { host, port, origin, maxConcurrentRequests, concurrency, clientKeyEnv } = options;
  const key = process.env[clientKeyEnv]?.trim() || undefined;
  const opened = await openModel(options);
  try {
    const server = await serveModel(opened.model, {
      host,
      port,
      origin,
      maxConcurrentRequests,
      concurrency,
      key,
      onRequest: entry => (json ? printJson(entry) : console.error(entryText(entry))),
    });
    const { name } = opened.model;
    if (json) printJson({ base: server.base, model: name });
    else console.error(`${name} is served at ${server.base} (Ctrl-C stops it)`);
    if (key === undefined && !isLoopback(host))
      console.error(`Anyone who reaches ${host} can send requests: set ${clientKeyEnv} to require a key`);
    await stopped(server);
  } finally {
    await opened.close();
  }
}

/**
 * Waits until the user or the system stops the server and open requests are answered; a second signal stops at once.
 */
async function stopped(server: ModelServer): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const asked = () =>
    new Promise<void>(resolve => {
      for (const signal of signals) process.once(signal, () => resolve());
    });
  await asked();
  console.error('Stopping: open requests are answered first');
  await Promise.race([server.close(), asked().then(() => server.close(0))]);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function entryText(entry: RequestEntry): string {
  const { at, method, path, status, ms, promptTokens, completionTokens, error } = entry;
  const tokens = completionTokens === undefined ? '' : `, ${promptTokens} + ${completionTokens} tokens`;
  return `${at} ${method} ${path} ${status}, ${ms} ms${tokens}${error === undefined ? '' : `, ${error}`}`;
}
