export { copyingDocuments } from './copying.ts';
export { exampleDocuments } from './examples.ts';
export { handbookDocuments } from './handbooks.ts';
export { plainWordDocuments } from './plain-words.ts';
