import { basename } from 'node:path';
import { withDisplay } from '../notebook/index.ts';
import type { Manifest } from '../runs/index.ts';
import type { Dialogue } from '../schema.ts';
import { quantile } from '../stats/index.ts';
import { escapeHtml, htmlTable, splitWords } from '../text/index.ts';
import type { CategoryShare } from './categorize.ts';
import type { Count, ImitationSet } from './imitation-set.ts';

/** Words of the texts of one kind. */
export interface Lengths {
  n: number;
  total: number;
  /** Null where there are no texts. */
  median: number | null;
  /** Nine of ten texts have at most as many. */
  ninth: number | null;
}

/** Content and origin of a set, to be published beside it. */
export interface DataCard {
  name: string;
  dialogues: number;
  turns: number;
  /** Users' turns, in words. */
  queries: Lengths;
  /** Answers, in words. */
  answers: Lengths;
  counts: readonly Count[];
  categories?: readonly CategoryShare[];
  /** Config, seed, versions and the hashes of the files that were read, by name. */
  manifest: Manifest;
}

/** Files that a shown card names; its data name all. */
const FILES_SHOWN = 20;

/**
 * Makes the card of a set, which a notebook shows as it is read.
 *
 * @example
 * // Given set.
 * const finish = await startManifest({ config: {}, seed: 0 })
 * dataCard(set, finish()).dialogues // 2
 */
export function dataCard(
  set: ImitationSet,
  manifest: Manifest,
  { categories }: { categories?: readonly CategoryShare[] } = {},
): DataCard {
  const { name, dialogues, counts } = set;
  // A card is published: it must not show the paths of its maker's machine.
  const files = Object.entries(manifest.inputs).map(([path, sha256]) => [basename(path), sha256]);
  const made = { ...manifest, inputs: Object.fromEntries(files) };
  const card = { name, ...contents(dialogues), counts, ...(categories && { categories }), manifest: made };
  return withDisplay(card, () => ({
    'text/html': cardBody(card),
    'text/plain': JSON.stringify(
      { ...card, manifest: { ...made, inputs: Object.fromEntries(files.slice(0, FILES_SHOWN)) } },
      null,
      2,
    ),
  }));
}

/** Counts what dialogues hold. */
export function contents(
  dialogues: readonly Dialogue[],
): Pick<DataCard, 'dialogues' | 'turns' | 'queries' | 'answers'> {
  const turns = dialogues.flatMap(dialogue => dialogue.turns);
  const lengths = (speaker: string): Lengths => {
    const counts = turns.flatMap(({ role, content }) => (role === speaker ? splitWords(content).length : []));
    return {
      n: counts.length,
      total: counts.reduce((sum, count) => sum + count, 0),
      median: quantile(counts, 0.5),
      ninth: quantile(counts, 0.9),
    };
  };
  return {
    dialogues: dialogues.length,
    turns: turns.length,
    queries: lengths('user'),
    answers: lengths('assistant'),
  };
}

/** Formats a card as a page of its own, which loads nothing and runs nothing. */
export function dataCardHtml(card: DataCard): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<title>${escapeHtml(card.name)}</title>`,
    `<style>${STYLE}</style>`,
    cardBody(card),
    '</html>',
    '',
  ].join('\n');
}

function cardBody(card: DataCard): string {
  const { name, dialogues, turns, queries, answers, counts, categories, manifest } = card;
  const lengths = [
    { texts: 'queries', ...queries },
    { texts: 'answers', ...answers },
  ].map(({ texts, n, total, median, ninth }) => ({
    texts,
    n,
    'words in all': total,
    'words, median': median === null ? null : Math.round(median),
    'words, nine of ten have at most': ninth === null ? null : Math.round(ninth),
  }));
  const shares = categories?.map(({ category, count, n, value, low, high }) => ({
    category,
    count,
    n,
    'share, %': (100 * value).toFixed(1),
    '95 % interval': `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}`,
  }));
  const files = Object.entries(manifest.inputs).map(([file, sha256]) => ({ file, sha256 }));
  return [
    `<h1>${escapeHtml(name)}</h1>`,
    `<p>${dialogues} dialogues of ${turns} turns, made on ${escapeHtml(manifest.started)} with seed ${manifest.seed}.</p>`,
    htmlTable(lengths),
    '<h2>From what was read to what is here</h2>',
    htmlTable(counts.map(({ step, before, after }) => ({ step, before, after, dropped: before - after }))),
    ...(shares ? ['<h2>Categories</h2>', htmlTable(shares)] : []),
    '<h2>How it was made</h2>',
    `<pre>${escapeHtml(JSON.stringify({ config: manifest.config, versions: manifest.versions }, null, 2))}</pre>`,
    ...(files.length > 0
      ? [
          `<details><summary>${files.length} files were read</summary>`,
          htmlTable(files.slice(0, FILES_SHOWN)),
          ...(files.length > FILES_SHOWN
            ? [`<p>and ${files.length - FILES_SHOWN} more, in the card’s data</p>`]
            : []),
          '</details>',
        ]
      : []),
  ].join('\n');
}

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse}th,td{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #8884}' +
  'td{font-variant-numeric:tabular-nums}pre{overflow-x:auto}';
