export {
  DISPLAY,
  type Figure,
  figure,
  type NamedRows,
  ROWS_MIME,
  type Row,
  type Table,
  table,
} from './figure.ts';
export { type LossCurveOptions, lossCurve } from './loss-curve.ts';
export { table2 } from './table2.ts';
export { table2Chart } from './table2-chart.ts';
export { reportedTable2, type Table2Column, type Table2Row, table2Rows } from './table2-rows.ts';
