import { type TableView, tableView } from '../figure/index.ts';
import type { WorldScale } from '../schema.ts';
import { htmlTable } from '../text/index.ts';
import { deviations } from './deviations.ts';

/**
 * Tabulates the settings in which a study in a world differs from the paper, each with the reason.
 *
 * @example
 * deviationsTable('mini').rows.length // 14
 */
export function deviationsTable(scale: WorldScale): TableView {
  const rows = deviations(scale);
  const lines = rows.map(({ setting, paper, here, reason }) => ({
    Setting: setting,
    Paper: paper,
    'This study': here,
    Reason: reason,
  }));
  const text = lines.map(line => Object.values(line).join(' | ')).join('\n');
  return tableView(
    'deviations',
    rows.map(row => ({ ...row })),
    htmlTable(lines),
    text,
  );
}
