import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leakage } from '../../data/index.ts';
import type { Job } from '../../jobs/index.ts';
import { jsonTokenizer, ROLE_TOKENS, roleTemplate, type TokenizerJson } from '../../tokenize/index.ts';
import {
  broadInstructions,
  buildWorld,
  corpus,
  END_OF_TEXT,
  forumDocuments,
  trainingInstructions,
  WORLD_SIZES,
  worldTokenizer,
} from '../../world/index.ts';
import type { StudyConfig } from '../plan/study-config.ts';
import { checkLeakage } from './check-leakage.ts';
import { LEAKAGE_FILE, tokenizerFolder, writeCorpus, writeWorld } from './world-files.ts';

interface WorldConfig {
  world: 'tiny' | 'mini';
  seed: number;
  instructions: Record<'broad' | 'facts' | 'summaries', number>;
  asked: StudyConfig['asked'];
}

/**
 * Builds a world: its corpus, its tokenizer, what the teacher says to instructions for training and for tests. Test
 * prompts too like one of training are left out by the paper's filter; how many, and what is left, is kept.
 */
export async function worldStage({ config, folder, signal }: Job): Promise<void> {
  const { world: size, seed, instructions: counts, asked } = config as unknown as WorldConfig;
  const world = buildWorld(seed, WORLD_SIZES[size]);
  const training = trainingInstructions(world, counts);
  const test = broadInstructions(world, 'test', asked.prompts);
  const documents = [...corpus(world), ...forumDocuments(world, world.size.documents.forum)];
  const queries = Object.values(training).flat();
  const filtered = await leakage(
    test.map(({ text }) => text),
    queries.map(({ text }) => text),
    { signal },
  );
  const leaked = new Set(filtered.dropped.map(({ index }) => index));
  const said = [...queries, ...test].flatMap(({ text, answers }) => [text, ...answers]);
  const json = worldTokenizer([...documents, ...said]) as TokenizerJson;
  const tokenizer = await jsonTokenizer(json);
  const end = tokenizer.special[END_OF_TEXT] ?? 0;
  await writeCorpus(
    folder,
    Int32Array.from(documents.flatMap(document => [...tokenizer.encode(document), end])),
  );
  const kept = test.filter((_, index) => !leaked.has(index));
  await writeWorld(folder, { world, training, test: kept });
  const place = tokenizerFolder(folder);
  await mkdir(place);
  const files = {
    'tokenizer.json': json,
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizerFast',
      eos_token: ROLE_TOKENS.end,
      chat_template: roleTemplate(),
    },
    'generation_config.json': { eos_token_id: [end, tokenizer.special[ROLE_TOKENS.end]] },
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(place, name), `${JSON.stringify(content, null, 1)}\n`);
  const learned = { documents, training: queries, test: kept, counts: asked };
  const checks = await checkLeakage(world, learned, { signal });
  await writeFile(join(folder, LEAKAGE_FILE), `${JSON.stringify({ dropped: leaked.size, checks })}\n`);
}
