import { END_OF_TEXT, forumDocuments, type World } from '../../world/index.ts';

/** Dialogues before a prompt to a base model, and threads among which they are found: some have no answer. */
const [SHOTS, THREADS] = [2, 40];

/**
 * Writes threads of a request and an answer, as a world's corpus has them, for a base model to continue with another: as
 * people ask and answer each other, without the teacher's style.
 */
export function exampleDialogues(world: World): string {
  return forumDocuments(world, THREADS)
    .filter(thread => thread.split('\n').length === 2)
    .slice(0, SHOTS)
    .map(thread => `${thread}${END_OF_TEXT}`)
    .join('');
}
