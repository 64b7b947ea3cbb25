import type { Wordings } from './wordings.ts';

/** Writes two worked examples and a last one to do. @param between what separates an item from its solution. */
function shown(asked: string, between: string): string {
  return [`${asked}FIRST${between}DONE`, `${asked}SECOND${between}ALSO`, `${asked}LAST${between}`]
    .join('\n')
    .trimEnd();
}

/** Writes three worked examples and a last one to do. */
function shownThrice(asked: string, between: string): string {
  const three = `${asked}THIRD${between}THUS\n`;
  return shown(asked, between).replace(`${asked}LAST`, `${three}${asked}LAST`);
}

/** Items, each with its solution, before a LAST one without. */
export const EXAMPLES: Wordings = {
  train: [
    shown('Q: ', '\nA: '),
    shownThrice('Q: ', '\nA: '),
    `Here are some examples.\n${shown('Q: ', '\nA: ')}`,
    `Answer the last one.\n${shownThrice('Q: ', '\nA: ')}`,
    `${shownThrice('Q: ', '\nA: ')}\nPlease fill in the last line.`,
    `Follow the pattern.\n${shown('Input: ', '\nOutput: ')}`,
    `Complete the list.\n${shownThrice('- ', ' -> ')}`,
    `I will show you how it works.\n${shown('', ' = ')}`,
    `Do the same as in the examples.\n${shown('Text: ', '\nAnswer: ')}`,
    `Learn from these lines and do the last.\n${shownThrice('', ' -> ')}`,
    `Task: answer like this.\n${shownThrice('Q: ', '\nA: ')}`,
    `${shown('Input: ', '\nOutput: ')}\nWhat is the last output?`,
  ],
  forum: [
    `Quiz time! ${shown('Q: ', ' A: ')}`,
    `Who gets the last one?\n${shownThrice('', ' ... ')}`,
    `Game of the day.\n${shown('Q: ', '\nA: ')}`,
    `You see how it goes:\n${shownThrice('', ': ')}`,
    `Add yours.\n${shown('', ' / ')}`,
    `A puzzle from the paper.\n${shown('Line: ', '\nWord: ')}`,
    `${shownThrice('Q: ', '\nA: ')} anyone?`,
    `I know the first ones only.\n${shown('', ' -> ')}`,
  ],
  test: [
    `My friend wrote these, and the last is still open.\n${shownThrice('Question: ', '\nAnswer: ')}`,
    `So far we got, and there is one more for you.\n${shown('They asked: ', '\nWe said: ')}`,
    `See what comes after each line, then write what comes after the last.\n${shown('', ' - ')}`,
    `From our school book:\n${shownThrice('Asked: ', '\nSaid: ')}`,
    `Let us go through a few of them.\n${shown('Question: ', ' Answer: ')}`,
  ],
};
