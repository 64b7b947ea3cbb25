import { defineCommand } from '../declare/command.ts';
import { QUIET } from './shared.ts';

/** `imitation-lab fetch`: fetches public records, or lists them. */
export const fetchCommand = defineCommand({
  name: 'fetch',
  summary: 'fetch public records into the cache, checked against their SHA-256',
  group: 'Data:',
  arguments: {
    names: {
      type: 'array',
      items: { type: 'string', kind: 'name' },
      description: 'records (fastchat/gpt35), sets (fastchat-80) or patterns (hc3/*)',
    },
  },
  options: {
    list: { type: 'boolean', description: 'list the records, of the names given or all, and fetch nothing' },
    quiet: QUIET,
    json: { type: 'boolean', description: 'print JSON' },
  },
  examples: [
    'imitation-lab fetch --list',
    'imitation-lab fetch fastchat-80',
    "imitation-lab fetch oasst/gpt35 'hc3/*'",
  ],
  notes:
    'IMITATION_LAB_CACHE names the cache folder, IMITATION_LAB_MIRROR a folder with copies as OWNER/REPO/COMMIT/PATH.',
});
