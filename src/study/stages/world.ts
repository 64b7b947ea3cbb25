import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leakage } from '../../data/index.ts';
import { defineStage } from '../../jobs/index.ts';
import { literal, number, object } from '../../runs/index.ts';
import { jsonTokenizer, ROLE_TOKENS, roleTemplate } from '../../tokenize/index.ts';
import {
  broadInstructions,
  buildWorld,
  corpus,
  END_OF_TEXT,
  trainingInstructions,
  WORLD_SIZES,
  type WorldTokenizerJson,
  wordEncoder,
  worldTokenizer,
} from '../../world/index.ts';
import type { ImitationData } from '../config/study.ts';
import type { WorldStudy } from '../config/world-study.ts';
import type { StudyLeakage } from '../pipeline/leakage.ts';
import { checkLeakage } from './check-leakage.ts';
import { countWordings } from './count-wordings.ts';
import { requestWords } from './request-words.ts';
import { LEAKAGE_FILE, tokenizerFolder, writeCorpus, writeWorld } from './world-files.ts';

interface WorldConfig {
  world: 'tiny' | 'mini';
  seed: number;
  instructions: Readonly<Record<ImitationData, number>>;
  asked: WorldStudy['asked'];
}

/** Test prompts to draw for each that is asked: some are too like one of training. */
const SPARE = 1.5;

/**
 * Builds a world: its corpus, its tokenizer, and the teacher's answers to instructions for training and for tests. Test
 * prompts too like one of training are left out by the paper's filter; `leakage.json` counts them and what is left.
 */
export const worldStage = defineStage({
  name: 'world',
  version: 5,
  outputs: [LEAKAGE_FILE],
  config: object<WorldConfig>({
    world: literal('tiny', 'mini'),
    seed: number,
    instructions: object<WorldConfig['instructions']>({ broad: number, facts: number, summaries: number }),
    asked: object<WorldConfig['asked']>({
      prompts: number,
      facts: number,
      sums: number,
      programs: number,
      summaries: number,
      toxicity: number,
    }),
  }),
  inputs: {},
  run: async ({ config, folder, signal }) => {
    const { world: size, seed, instructions: counts, asked } = config;
    const world = buildWorld(seed, WORLD_SIZES[size]);
    const training = trainingInstructions(world, counts);
    const drawn = broadInstructions(world, 'test', Math.ceil(SPARE * asked.prompts));
    const queries = Object.values(training).flat();
    const said = [...queries, ...drawn].flatMap(({ text, answers }) => [text, ...answers]);
    const documents = corpus(world, said);
    const { dropped } = await leakage(drawn.map(requestWords), queries.map(requestWords), { signal });
    const leaked = new Set(dropped.map(({ index }) => index));
    const test = drawn.filter((_, index) => !leaked.has(index)).slice(0, asked.prompts);
    await writeTokens(folder, documents, worldTokenizer([...documents, ...said]));
    await writeWorld(folder, { world, training, test });
    const learned = { documents, training: queries, test, counts: asked };
    const checks = await checkLeakage(world, learned, { signal });
    const wordings = countWordings(world, { train: training.broad, test });
    const leaks: StudyLeakage = { dropped: leaked.size, checks, wordings };
    await writeFile(join(folder, LEAKAGE_FILE), `${JSON.stringify(leaks)}\n`);
  },
});

/** Writes a tokenizer in Hugging Face's layout, and documents as its tokens. */
async function writeTokens(
  folder: string,
  documents: readonly string[],
  json: WorldTokenizerJson,
): Promise<void> {
  const { special } = await jsonTokenizer(json);
  const [end, encode] = [special[END_OF_TEXT] ?? 0, wordEncoder(json)];
  const ids = documents.flatMap(document => [...encode(document), end]);
  await writeCorpus(folder, Int32Array.from(ids));
  const files = {
    'tokenizer.json': json,
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizerFast',
      eos_token: ROLE_TOKENS.end,
      chat_template: roleTemplate(),
    },
    'generation_config.json': { eos_token_id: [end, special[ROLE_TOKENS.end]] },
  };
  const place = tokenizerFolder(folder);
  await mkdir(place);
  for (const [name, content] of Object.entries(files))
    await writeFile(join(place, name), `${JSON.stringify(content, null, 1)}\n`);
}
