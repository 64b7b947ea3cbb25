export {
  type FetchedRecord,
  type FetchOptions,
  fetchRecord,
  fetchRecords,
} from './fetch-record.ts';
export {
  type LoadOptions,
  loadAnswers,
  loadPrompts,
  loadText,
  type RowTable,
  type Source,
} from './load-answers.ts';
export { type PaperData, type PaperFigure2, type PaperTable2, paperData } from './paper.ts';
export {
  findRecords,
  type PublicRecord,
  type RecordCatalogue,
  recordAddress,
  recordCatalogue,
  requireRecords,
} from './record-catalogue.ts';
