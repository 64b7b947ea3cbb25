import { number3 } from '../format.ts';
import type { DifferingAnswer } from '../largest-differences.ts';
import type { Report, StudentReport } from '../report-document.ts';
import { type Markup, markup, section, tableOf } from './markup.ts';
import { scaleChart } from './scale-chart.ts';
import { shownInterval } from './shown-interval.ts';

/** Shows how much of what the teacher says a student says too. */
export function contentSection({ students }: Report): Markup {
  const placed = students.flatMap(({ name, content }) =>
    content.placement ? [{ name, position: content.placement.position }] : [],
  );
  return section(
    'content',
    'Content without a judge',
    placed.length > 0
      ? scaleChart('Content words of its own prompt', placed)
      : markup`<p class="quiet">Without base and second teacher sample content has no scale.</p>`,
    tableOf(
      'Content words in common with the teacher’s answer to the same prompt, beyond those with its answer to another; %; stop words are English',
      [
        { title: 'Student' },
        { title: 'Conclusion' },
        { title: 'Student', numeric: true },
        { title: 'Base', numeric: true },
        { title: 'Second teacher', numeric: true },
        { title: 'Student − base', numeric: true },
        { title: 'n', numeric: true },
      ],
      students.map(({ name, content: { label, student, base, secondTeacher, aboveBase } }) => [
        name,
        label,
        ...[student, base, secondTeacher, aboveBase].map(estimate =>
          estimate ? shownInterval(estimate, number3) : '–',
        ),
        student.n,
      ]),
    ),
  );
}

/** Shows where answers differ most from the teacher's, with examples. */
export function differenceSection({ students }: Report): Markup {
  return section('differences', 'Where answers differ most', students.map(differences));
}

function differences({ name, differences: { examples, categories } }: StudentReport): Markup {
  return markup`<h3>${name}</h3>
${
  categories.length > 1 &&
  tableOf(
    `Content words in common with the teacher by category, ${name}; %`,
    [{ title: 'Category' }, { title: 'In common', numeric: true }, { title: 'n', numeric: true }],
    categories.map(({ category, overlap }) => [category, shownInterval(overlap, number3), overlap.n]),
  )
}
${examples.map(example => shownExample(name, example))}`;
}

function shownExample(name: string, example: DifferingAnswer): Markup {
  const { promptId, prompt, category, overlap, teacherWords, studentWords } = example;
  const about = [category, `${number3(overlap)} % of content words in common`].filter(part => part !== null);
  return markup`<article>
<h4 dir="auto">${prompt === '' ? `Prompt ${promptId}` : prompt}</h4>
<p class="quiet">${about.join(' · ')}</p>
<div class="pair">
<div><h5>Teacher, ${teacherWords} words</h5><p class="answer" dir="auto">${example.teacher}</p></div>
<div><h5>${name}, ${studentWords} words</h5><p class="answer" dir="auto">${example.student}</p></div>
</div>
</article>`;
}
