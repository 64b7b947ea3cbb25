import type { Review, SingleReview } from '../../readers/index.ts';
import { FAILED } from '../exit.ts';

/** Review whose reply holds no scores that can be read. */
export interface UnreadReview {
  promptId: string;
  /** The models whose answers it is about. */
  models: string[];
  turn?: number | undefined;
  /** Beginning of the reply. */
  text: string;
}

/** Largest share of reviews without scores that leaves a result to be trusted. */
const MOST_UNREAD = 0.1;
/** Reviews that are printed; JSON lists all. */
const SHOWN = 5;
/** Characters of a reply that are shown. */
const SHOWN_TEXT = 160;

/** Shortens a review of a pair without scores to what is shown of it. */
export function unreadPair(review: Review): UnreadReview {
  return unreadReview(review, [review.first, review.second]);
}

/** Shortens a review of one answer without a score to what is shown of it. */
export function unreadSingle(review: SingleReview): UnreadReview {
  return unreadReview(review, [review.model]);
}

function unreadReview(
  { promptId, turn, text }: Pick<Review, 'promptId' | 'turn' | 'text'>,
  models: string[],
): UnreadReview {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown = line.length > SHOWN_TEXT ? `${line.slice(0, SHOWN_TEXT - 1)}…` : line;
  return { promptId, models, ...(turn !== undefined && { turn }), text: shown };
}

/**
 * Reports reviews without scores on standard error; of more than a tenth the run has failed.
 *
 * @param advice says what can be done.
 */
export function reportUnread(unread: readonly UnreadReview[], total: number, advice: string): void {
  if (unread.length === 0) return;
  const tooMany = unread.length > MOST_UNREAD * total;
  console.error(
    `${unread.length} of ${total} reviews have no scores that can be read${tooMany ? ', more than a tenth' : ''}; ${advice}`,
  );
  for (const { promptId, models, turn, text } of unread.slice(0, SHOWN))
    console.error(
      `  prompt ${promptId}${turn === undefined ? '' : `, turn ${turn}`}, ${models.join(' beside ')}: ${JSON.stringify(text)}`,
    );
  if (unread.length > SHOWN) console.error(`  and ${unread.length - SHOWN} more`);
  if (tooMany) process.exitCode = FAILED;
}
