import type { Report } from './report-document.ts';

/** A cell of a notebook, without outputs. */
type Cell = { cell_type: 'markdown'; source: string } | { cell_type: 'code'; source: string };

/** Makes a notebook that shows the report beside it, its numbers as tables, and the answers to read and rate. */
export function reportNotebook(report: Report): string {
  const cells: Cell[] = [
    {
      cell_type: 'markdown',
      source: `# Report\n\nThe files \`report.json\` and \`report.compare.jsonl\` beside this notebook hold the numbers and the answers. Run all cells to read them; \`imitation-lab report --ratings report.annotations.jsonl\` takes up the ratings that you give.`,
    },
    {
      cell_type: 'code',
      source:
        "import { compare } from 'imitation-lab';\nimport { loadReport } from 'imitation-lab/report';\n\nconst report = await loadReport('report.json');\nreport",
    },
    { cell_type: 'markdown', source: '## The conclusion on each student' },
    {
      cell_type: 'code',
      source: 'for (const { conclusion } of report.students) console.log(conclusion.sentence);',
    },
    { cell_type: 'markdown', source: '## The answers, to read and to rate' },
    { cell_type: 'code', source: "await compare('report.compare.jsonl')" },
  ];
  const notebook = {
    cells: cells.map((cell, i) => ({
      ...(cell.cell_type === 'code' ? { ...cell, execution_count: null, outputs: [] } : cell),
      id: `report-${String(i).padStart(2, '0')}`,
      metadata: {},
    })),
    metadata: {
      kernelspec: {
        display_name: 'TypeScript (Imitation Lab)',
        language: 'typescript',
        name: 'imitation-lab',
      },
      language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
      title: report.title,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
