import { withDisplay } from '../notebook/index.ts';
import { escapeHtml } from '../text/index.ts';
import type { EncodedDialogue } from './dialogue.ts';
import type { Block } from './pack.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Part of a token in training: in the loss, masked out of it, or padding. */
export type MaskKind = 'loss' | 'masked' | 'padding';

/** A run of tokens of one kind, as text; special tokens are runs of their own. */
export interface MaskRun {
  kind: MaskKind;
  special: boolean;
  text: string;
  tokens: number;
}

/** Loss mask of a dialogue or a block; shows itself in colours in a notebook or a terminal. */
export interface MaskView {
  runs: MaskRun[];
  /** Number of tokens of each kind. */
  counts: Record<MaskKind, number>;
}

/** Legible in light and in dark; tokens in the loss are underlined too, for those who do not see the colour. */
const STYLES: Readonly<Record<MaskKind, string>> = {
  loss: 'background-color:rgba(46,160,67,.28);text-decoration-color:rgb(46,160,67)',
  masked: '',
  padding: 'opacity:.45',
};
const SPECIAL_STYLE = 'border:1px solid;border-radius:3px;padding:0 2px;font-weight:bold';

/** ANSI codes of a terminal: green underlined, plain, dim; special tokens bold. */
const CODES: Readonly<Record<MaskKind, string>> = { loss: '32;4', masked: '0', padding: '2' };

/**
 * Shows the loss mask of a dialogue or a block in colours: tokens in the loss are highlighted, special tokens framed,
 * padding is faint. A block's first token is masked: it is the target of the block before.
 *
 * @example
 * // Given dialogues, tokenizer.
 * const [block] = packDialogues(dialogues.map(one => encodeDialogue(one, tokenizer)), { sequenceLength: 64 })
 * if (block) maskView(block, tokenizer)
 */
export function maskView(value: EncodedDialogue | Block, tokenizer: Tokenizer): MaskView {
  const runs = runsOf(value, tokenizer);
  const counts = { loss: 0, masked: 0, padding: 0 };
  for (const { kind, tokens } of runs) counts[kind] += tokens;
  const view = { runs, counts };
  const plain = () => `${coloured(runs)}\n${legend(counts)}`;
  return withDisplay(view, () => ({ 'text/html': maskHtml(view), 'text/plain': plain() }), plain);
}

function runsOf(value: EncodedDialogue | Block, tokenizer: Tokenizer): MaskRun[] {
  const special = new Set(Object.values(tokenizer.special));
  const runs: (Omit<MaskRun, 'text' | 'tokens'> & { ids: number[] })[] = [];
  for (const [i, id] of value.ids.entries()) {
    const kind = kindAt(value, i);
    const isSpecial = kind !== 'padding' && special.has(id);
    const last = runs.at(-1);
    if (last && last.kind === kind && !isSpecial && !last.special) last.ids.push(id);
    else runs.push({ kind, special: isSpecial, ids: [id] });
  }
  return runs.map(({ ids, kind, special }) => ({
    kind,
    special,
    text: kind === 'padding' ? `[${ids.length} × padding]` : tokenizer.decode(ids),
    tokens: ids.length,
  }));
}

function kindAt(value: EncodedDialogue | Block, i: number): MaskKind {
  if (!('spans' in value)) return value.lossMask[i] === 1 ? 'loss' : 'masked';
  if (i >= (value.spans.at(-1)?.end ?? 0)) return 'padding';
  return value.lossMask[i - 1] === 1 ? 'loss' : 'masked';
}

function coloured(runs: readonly MaskRun[]): string {
  return runs
    .map(({ kind, special, text }) => `\u001b[${CODES[kind]}${special ? ';1' : ''}m${visible(text)}\u001b[0m`)
    .join('');
}

function legend({ loss, masked, padding }: MaskView['counts']): string {
  return `${loss} tokens in the loss, ${masked} masked, ${padding} padding`;
}

function maskHtml({ runs, counts }: MaskView): string {
  const spans = runs.map(({ kind, special, text }) => {
    const style = [STYLES[kind], special ? SPECIAL_STYLE : ''].filter(part => part !== '').join(';');
    // Underline and bold come by elements, which stay where a notebook strips styles.
    const tag = kind === 'loss' ? 'u' : special ? 'b' : 'span';
    return `<${tag} style="${style}">${escapeHtml(visible(text))}</${tag}>`;
  });
  const swatch = `<u style="${STYLES.loss}">in the loss</u>`;
  return (
    `<div><p>${legend(counts).replace('in the loss', swatch)}</p>` +
    `<pre style="white-space:pre-wrap;overflow-wrap:anywhere">${spans.join('')}</pre></div>`
  );
}

/** Replaces control characters by their pictures, so that a text neither moves the cursor nor hides. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f]/g, char =>
    String.fromCodePoint(0x2400 + char.charCodeAt(0)),
  );
}
