export { copyingDocuments } from './copying.ts';
export { exampleDocuments } from './examples.ts';
export { handbookDocuments } from './handbooks.ts';
export { inGroups } from './in-groups.ts';
export { plainWordDocuments } from './plain-words.ts';
export { questionDocuments } from './questions.ts';
export { statementDocuments } from './statements.ts';
