import type {
  Battle,
  Battles,
  StyleControl,
  StyleControlledModel,
  ValueInterval,
} from '../../compare/index.ts';
import type { Generation } from '../../schema.ts';
import { brokenRule } from '../../text/index.ts';
import { UsageError } from '../exit.ts';
import { printJson } from './progress.ts';

/** Options of {@link printStyleControl}. */
interface StyleControlInput {
  seed: number;
  /** Name of the reference; default the model in most pairs, of several the one whose answers come first. */
  teacher?: string | undefined;
  json?: boolean | undefined;
}

/**
 * Prints how often each model is preferred to the reference, as it is and at equal style.
 *
 * @throws {UsageError} if no verdict has the texts of its answers, or none is about the reference.
 */
export async function printStyleControl(
  found: Battles,
  answers: readonly Generation[],
  { seed, teacher, json }: StyleControlInput,
): Promise<void> {
  const { styleControl } = await import('../../compare/index.ts');
  const { battles, unread, withoutText } = found;
  if (battles.length === 0)
    throw new UsageError(
      `--style-control requires judgements with the texts of both answers (--answers), got ${unread + withoutText} without`,
    );
  const outcome = styleControl(battles, { reference: referenceOf(battles, answers, teacher), seed });
  if (json) printJson(outcome);
  else console.log(styleControlText(outcome, found));
  if (withoutText > 0) console.error(`${withoutText} judgements left out: the text of an answer is missing`);
}

/** Returns the model that the others are compared with. @throws {UsageError} if a named one is in no battle. */
function referenceOf(
  battles: readonly Battle[],
  answers: readonly Generation[],
  teacher: string | undefined,
): string {
  const opponents = new Map<string, Set<string>>();
  for (const { model } of answers) opponents.set(model, new Set());
  for (const { first, second } of battles) {
    opponents.get(first.model)?.add(second.model);
    opponents.get(second.model)?.add(first.model);
  }
  const found = [...opponents].filter(([, { size }]) => size > 0);
  const names = found.map(([model]) => model);
  if (teacher !== undefined && !names.includes(teacher))
    throw new UsageError(`--teacher ${brokenRule({ enum: names }, teacher)}`);
  const most = Math.max(...found.map(([, { size }]) => size));
  return teacher ?? found.find(([, { size }]) => size === most)?.[0] ?? '';
}

/** Formats the outcome as a table, and the effects below it. */
function styleControlText({ reference, models, effects }: StyleControl, { battles, bad }: Battles): string {
  const width = Math.max(...models.map(({ model }) => model.length), 'model'.length);
  const line = (model: string, n: string, raw: string, controlled: string) =>
    `${model.padEnd(width)}  ${n.padStart(5)}  ${raw.padEnd(19)}  ${controlled}`;
  return [
    `Preferred to ${reference} in ${battles.length} judgements; a tie counts half`,
    line('model', 'n', 'as judged', 'at equal style'),
    ...models.map(row => line(row.model, String(row.n), share(row.raw), controlledText(row))),
    `Effects in log-odds: first place ${effect(effects.position)}; per standard deviation of words ${effect(effects.words)}, list items ${effect(effects.lists)}, headers ${effect(effects.headers)}, bold spans ${effect(effects.bold)}`,
    ...(effects.position.value === null
      ? ['The place of an answer cannot be distinguished from its model: each pair was shown in one order']
      : []),
    ...(bad > 0 ? [`${bad} ratings that call both answers unusable count as ties`] : []),
  ].join('\n');
}

function controlledText({ raw, controlled, identified }: StyleControlledModel): string {
  const unidentified = 'not identified: its answers are nearly always longer, or nearly always shorter';
  if (controlled === null)
    return `– nearly all ${(raw.value ?? 0) > 0.5 ? 'won' : 'lost'}${identified ? '' : `; ${unidentified}`}`;
  return identified ? share(controlled) : unidentified;
}

function share({ value, low, high }: ValueInterval): string {
  if (value === null) return '–';
  const [middle, from, to] = [value, low, high].map(part => (part === null ? '–' : (100 * part).toFixed(1)));
  return `${middle} % [${from}, ${to}]`;
}

function effect({ value, low, high }: ValueInterval): string {
  if (value === null) return '–';
  const [middle, from, to] = [value, low, high].map(part => part?.toFixed(2) ?? '–');
  return `${value < 0 ? '' : '+'}${middle} [${from}, ${to}]`;
}
