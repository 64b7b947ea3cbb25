import type { Command } from 'commander';
import { type ModelOptions, openModel } from '../generate/open-model.ts';
import type { ModelServer, RequestEntry } from '../serve/index.ts';
import { configCommand } from './config-command.ts';

/** What `data/serve-config.schema.json` describes. */
interface ServeConfig extends ModelOptions {
  host: string;
  port: number;
  clientKeyEnv: string;
  origin?: string;
  maxConcurrentRequests: number;
}

/** `imitation-lab serve`: a model behind OpenAI's API, until Ctrl-C. */
export function serveCommand(): Command {
  return configCommand('serve', serve, { positional: ['model'] })
    .description(
      'serve a model by OpenAI’s API: completions with log-probabilities and echo, chat, tokenizer',
    )
    .option('--json', 'print each request as a JSON line');
}

async function serve(options: ServeConfig, { json = false }: { json?: boolean }): Promise<void> {
  const { serveModel } = await import('../serve/index.ts');
  const { host, port, origin, maxConcurrentRequests, concurrency, clientKeyEnv } = options;
  const key = process.env[clientKeyEnv]?.trim() || undefined;
  const opened = await openModel(options);
  try {
    const server = await serveModel(opened.model, {
      ...{ host, port, origin, maxConcurrentRequests, concurrency, key },
      onRequest: entry => (json ? console.log(JSON.stringify(entry)) : console.error(entryText(entry))),
    });
    const { name } = opened.model;
    if (json) console.log(JSON.stringify({ base: server.base, model: name }));
    else console.error(`${name} is served at ${server.base} (Ctrl-C stops it)`);
    if (key === undefined && !isLoopback(host))
      console.error(`Anyone who reaches ${host} may ask: set ${clientKeyEnv} to require a key`);
    await stopped(server);
  } finally {
    await opened.close();
  }
}

/** Ends once the user or the system stops the server, when requests under way are answered; a second time at once. */
async function stopped(server: ModelServer): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const asked = () =>
    new Promise<void>(resolve => {
      for (const signal of signals) process.once(signal, () => resolve());
    });
  await asked();
  console.error('Stopping: requests under way are answered first');
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
