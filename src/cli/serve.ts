import { Command, Option } from 'commander';
import type { ModelServer, RequestEntry } from '../serve/index.ts';
import { number } from './number.ts';
import { ENGINES, type ModelFlags, openModel } from './open-model.ts';

interface ServeFlags extends Omit<ModelFlags, 'model'> {
  host: string;
  port: number;
  apiKeyVariable: string;
  origin?: string;
  mostRequests: number;
  json?: boolean;
}

/** `imitation-lab serve`: a model behind OpenAI's API, until Ctrl-C. */
export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'serve a model by OpenAI’s API: completions with log-probabilities and echo, chat, tokenizer',
    )
    .argument('<model>', 'a model’s folder, a .gguf file, recorded answers, or an OpenAI-compatible server')
    .option(
      '--host <address>',
      'address to listen on; the default is reached from this machine only',
      '127.0.0.1',
    )
    .option('--port <n>', 'port to listen on; 0 takes any that is free', number, 8000)
    .option(
      '--api-key-variable <name>',
      'environment variable with the key that clients must send, where it is set',
      'IMITATION_LAB_API_KEY',
    )
    .option('--origin <origin>', 'let web pages of this origin ask, such as http://localhost:3000')
    .option(
      '--most-requests <n>',
      'requests let in at a time; further ones are told to come again',
      number,
      256,
    )
    .addOption(
      new Option(
        '--engine <engine>',
        'what computes a .gguf file: our own model as float32, or llama.cpp, which tells texts alone',
      )
        .choices(ENGINES)
        .default('own'),
    )
    .option('--model-name <name>', 'the model’s name for clients; at a server or in a record, which one')
    .option('--key-variable <name>', 'environment variable with the key of the server that is asked')
    .option('--budget <tokens>', 'ask a server for at most this many tokens', number)
    .option('--parallel <n>', 'prompts answered side by side (default: 8)', number)
    .option('--json', 'print each request as a JSON line')
    .action(serve);
}

async function serve(model: string, flags: ServeFlags): Promise<void> {
  const { serveModel } = await import('../serve/index.ts');
  const { host, port, origin, mostRequests, parallel, apiKeyVariable, json = false } = flags;
  const key = process.env[apiKeyVariable]?.trim() || undefined;
  const opened = await openModel({ ...flags, model });
  try {
    const server = await serveModel(opened.model, {
      ...{ host, port, origin, mostRequests, parallel, key },
      onRequest: entry => (json ? console.log(JSON.stringify(entry)) : console.error(entryText(entry))),
    });
    const { name } = opened.model;
    if (json) console.log(JSON.stringify({ base: server.base, model: name }));
    else console.error(`${name} is served at ${server.base} (Ctrl-C stops it)`);
    if (key === undefined && !isLoopback(host))
      console.error(`Anyone who reaches ${host} may ask: set ${apiKeyVariable} to require a key`);
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
