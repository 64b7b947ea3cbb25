export { broadInstructions } from './broad-instructions.ts';
export { forumDocuments } from './forum.ts';
export type { Instruction, Split, Task } from './instruction.ts';
export { factInstructions, summaryInstructions } from './local-instructions.ts';
export { codingRequest, continuationRequest, summaryRequest } from './task-requests.ts';
export { teacher } from './teacher.ts';
export { trainingInstructions } from './training-instructions.ts';
export { truthLabels } from './truth-labels.ts';
