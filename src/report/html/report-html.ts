import { escapeHtml } from '../../text/index.ts';
import type { Report } from '../report-document.ts';
import { comparedSection } from './compared-section.ts';
import { conclusionSection, ruleSection } from './conclusion-section.ts';
import { contentSection, differenceSection } from './content-sections.ts';
import { knowledgeSection } from './knowledge-section.ts';
import { type Markup, markup } from './markup.ts';
import { DOCUMENT_STYLE, PAGE_STYLE } from './page-style.ts';
import { powerSection } from './power-section.ts';
import { conductSection, preferenceSections } from './preference-sections.ts';
import { styleSection } from './style-section.ts';

/** Nothing is loaded and nothing runs, whatever a text of a model holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Makes the page of a report: one file that opens offline, in light and dark, and prints on A4. */
export function reportHtml(report: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(report.title)}</title>
<style>${DOCUMENT_STYLE}${PAGE_STYLE}</style>
</head>
<body>
<main class="il-report">
${sections(report).html}
</main>
</body>
</html>
`;
}

/** Makes the report as part of a page, such as a notebook's output. */
export function reportFragment(report: Report): string {
  return `<style>${PAGE_STYLE}</style>\n<div class="il-report">\n${sections(report).html}\n</div>`;
}

function sections(report: Report): Markup {
  return markup`<h1>${report.title}</h1>
${conclusionSection(report)}
${comparedSection(report)}
${styleSection(report)}
${contentSection(report)}
${knowledgeSection(report)}
${preferenceSections(report)}
${conductSection(report)}
${differenceSection(report)}
${powerSection(report)}
${ruleSection()}`;
}
