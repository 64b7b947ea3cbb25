import { ASPECTS } from '../conclusion.ts';
import type { Report, StudentReport } from '../report-document.ts';
import { type Markup, markup, section } from './markup.ts';

/** Shows the conclusion on each student, with what is open and why. */
export function conclusionSection({ students }: Report): Markup {
  return markup`<ul class="cards" aria-label="Conclusions">${students.map(card)}</ul>`;
}

function card({ conclusion }: StudentReport): Markup {
  const rows = ASPECTS.map(aspect => {
    const reason = conclusion.reasons[aspect];
    const count = conclusion.n_needed[aspect];
    const more = count ? `; about ${count} prompts or items would decide it` : '';
    return markup`<dt>${aspect}</dt><dd>${conclusion[aspect]}${reason !== undefined && markup` <span class="quiet">(${reason}${more})</span>`}</dd>`;
  });
  return markup`<li><p>${conclusion.sentence}</p><dl>${rows}</dl></li>`;
}

/** States the rule by which conclusions are drawn. */
export function ruleSection(): Markup {
  return section(
    'rule',
    'How it was concluded',
    markup`<p>A measure places the student S between its base B (0) and its teacher T (1; its second sample where there is one), with 95 % intervals over 2,000 resamples of prompts. It is <em>other</em> if S lies more than a quarter of the way below the base, <em>like-base</em> below a quarter, <em>like-teacher</em> above three quarters, <em>between</em> if it is clearly in the middle; otherwise, or of fewer than 30 prompts, <em>undecided</em>.</p>
<p>Style is a classifier of the teacher’s against the base’s answers that sees form alone: length, lines, lists, a summary, and fifty function words. Content is the overlap of content words with the teacher’s answer to the same prompt, beyond that with its answer to another one. Knowledge is concluded from benchmarks alone. Preference enters no conclusion: judges and people prefer the style of a teacher whatever it states.</p>`,
  );
}
