import { defineCommand } from '../declare/command.ts';

/** Folder of calls. */
const FOLDER = {
  type: 'string',
  kind: 'input',
  description: 'folder of --cache, or of a run (default: the one that version 0.2 shared among all runs)',
} as const;

const JSON_LINE = { type: 'boolean', description: 'print one line of JSON' } as const;

/** Name of a model at a server. */
const MODEL_NAME = { type: 'string', kind: 'name', description: 'calls of this model alone' } as const;

/** `imitation-lab cache list`: the kept calls of servers. */
export const cacheListCommand = defineCommand({
  name: 'cache list',
  summary: 'count the kept calls of servers, by server and model',
  arguments: { folder: FOLDER },
  options: { modelName: MODEL_NAME, json: JSON_LINE },
  examples: ['imitation-lab cache list calls', 'imitation-lab cache list runs/nq --json'],
});

/** `imitation-lab cache clear`: removes kept calls of servers. */
export const cacheClearCommand = defineCommand({
  name: 'cache clear',
  summary: 'remove the kept calls of servers',
  arguments: { folder: FOLDER },
  options: { modelName: MODEL_NAME, json: JSON_LINE },
  examples: ['imitation-lab cache clear calls', 'imitation-lab cache clear runs/nq --model-name gpt-4o-mini'],
});
