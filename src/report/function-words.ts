/**
 * The fifty words by whose rates style is recognised: they are in every English text, whatever it is about. Part of the
 * definition of the measure, so the list is fixed.
 *
 * @see Mosteller & Wallace 1963, Inference in an Authorship Problem, for the idea
 */
export const FUNCTION_WORDS: readonly string[] = (
  'the of and a to in is you that it he was for on are as with his they i at be this have from ' +
  'or one had by but not what all were we when your can there an which she their if will how so would my its'
).split(' ');

/** Further words that carry no content: they are not counted where answers are compared by what they say. */
const OTHER_STOP_WORDS: readonly string[] = (
  'about above after again against also am any because been before being below between both could did do does doing ' +
  'down during each few further has having her here hers him himself herself i’m into it’s itself just let me more most ' +
  'much must myself no nor now off once only other ought our ours out over own same should some such than them then ' +
  'themselves these those through too under until up us very while who whom why yet yours yourself may might even ever ' +
  'like many well however therefore thus hence since upon within without among s t d ll m re ve don doesn isn aren'
).split(' ');

/** All words that carry no content. */
export const STOP_WORDS: ReadonlySet<string> = new Set([...FUNCTION_WORDS, ...OTHER_STOP_WORDS]);
