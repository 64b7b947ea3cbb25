export { type StyleColumnsOptions, styleColumns } from './style-columns.ts';
export { type WatchedRun, watch } from './watch.ts';
