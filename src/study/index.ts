export { type StyleColumnsOptions, styleColumns } from './style-columns.ts';
