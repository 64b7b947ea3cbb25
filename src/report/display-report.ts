import { withDisplay } from '../notebook/index.ts';
import { reportFragment } from './html/report-html.ts';
import type { Report } from './report-document.ts';
import { reportText } from './report-text.ts';

/** Makes a report able to show itself in a notebook, and as lines where it is printed. */
export function displayedReport(report: Report): Report {
  return withDisplay(
    report,
    () => ({ 'text/html': reportFragment(report), 'text/plain': reportText(report) }),
    () => reportText(report),
  );
}
