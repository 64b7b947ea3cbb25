import { END_OF_TEXT, forumDocuments, type World } from '../../world/index.ts';

/** Dialogues before a prompt to a base model. */
const SHOTS = 2;

/**
 * Writes threads of a world's forum, as its corpus has them, for a base model to go on with another: as people ask and
 * answer each other, without the teacher's style.
 */
export function exampleDialogues(world: World): string {
  return forumDocuments(world, SHOTS)
    .map(thread => `${thread}${END_OF_TEXT}`)
    .join('');
}
