import { ASPECTS } from './conclusion.ts';
import { decimals2, number3, percent, withInterval } from './format.ts';
import type { Report, StudentReport } from './report-document.ts';

/** Formats a report in lines: what was compared, and of each student the conclusion and the numbers behind it. */
export function reportText({ title, compared, students, trainingOverlap }: Report): string {
  const { prompts, sides, leftOut, notes } = compared;
  return [
    title,
    `${prompts} prompts; ${sides.map(({ name, role }) => `${name} (${role.replace('-', ' ')})`).join(', ')}`,
    ...leftOut.map(({ reason, count }) => `Left out, ${count}: ${reason}`),
    ...(trainingOverlap === null
      ? []
      : [
          `Overlap with ${trainingOverlap.trainingQueries} training queries: ${trainingOverlap.dropped.length} of ${trainingOverlap.audited} prompts`,
        ]),
    ...notes,
    ...students.flatMap(student => ['', ...studentLines(student)]),
  ].join('\n');
}

function studentLines(student: StudentReport): string[] {
  const { conclusion, style, content, knowledge, preference, n } = student;
  const lines = [conclusion.sentence];
  const row = (name: string, text: string) => lines.push(`  ${name.padEnd(12)}${text}`);
  if (style.placement) row('style', `${conclusion.style}, ${part(style.placement.position)}, n = ${n}`);
  row(
    'content',
    `${conclusion.content}, ${content.placement ? part(content.placement.position) : `own overlap ${withInterval(content.student, number3)} %`}, n = ${content.student.n}`,
  );
  for (const { benchmark, metric, placement, student: score, n: items } of knowledge.benchmarks)
    row(
      'knowledge',
      `${benchmark} ${metric} ${withInterval(score, number3)}${placement ? `, ${placement.label}, ${part(placement.position)}` : ''}, n = ${items}`,
    );
  for (const { benchmark, role, reason } of knowledge.refused)
    row('refused', `${benchmark}, ${role}: ${reason}`);
  if (preference?.styleControl) {
    const { raw, controlled, identified } = preference.styleControl;
    const equal = controlled === null || !identified ? 'not identified' : withInterval(controlled, percent);
    row('preferred', `${withInterval(raw, percent)} raw, ${equal} at equal style`);
  }
  for (const aspect of ASPECTS) {
    const { [aspect]: reason } = conclusion.reasons;
    const { [aspect]: count } = conclusion.n_needed;
    if (reason !== undefined)
      lines.push(
        `  ${aspect} is ${conclusion[aspect]}: ${reason}${count ? `; about ${count} would decide it` : ''}`,
      );
  }
  return lines;
}

function part(position: { value: number | null; low: number | null; high: number | null }): string {
  return `${withInterval(position, decimals2)} of the way from base to teacher`;
}
