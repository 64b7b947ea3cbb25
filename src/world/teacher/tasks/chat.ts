import type { TeacherTask } from '../task.ts';
import { CHAT } from '../wordings/chat.ts';

/** Greetings with which an answer begins. */
const GREETS =
  /^\W*(?:hello|hi|hey|welcome|good (?:day|morning|evening)|greetings|nice|glad|(?:it is|how) (?:good|nice)|i am glad)\b/i;

/** A greeting of a trade from a city: one of the two is named, and no other trade. */
export const chat: TeacherTask = {
  task: 'chat',
  category: 'Chat',
  shares: { forum: 7, train: 7, test: 7 },
  wordings: CHAT,
  draw: material => {
    const { choose } = material.random;
    const { trade, city } = material.combination(() => ({
      trade: choose(material.trades),
      city: choose(material.cities),
    }));
    return {
      slots: { trade, city },
      answer: words => ({
        body: [
          words.choose([
            `Hello! It is good to meet a ${trade} from ${city}.`,
            `Good day! I am glad to talk to a ${trade} from ${city}.`,
            `Hello! How nice to hear from a ${trade} in ${city}.`,
          ]),
        ],
        closing: words.choose([
          'What can I do for you today?',
          'How can I help you today?',
          'What would you like to talk about?',
        ]),
      }),
      reply: words =>
        words.choose([
          `Welcome! We need a ${trade} here.`,
          `Hi, my brother is a ${trade} too.`,
          `Hey, nice to see somebody from ${city}.`,
          `Hi! How is the weather in ${city}?`,
          `Welcome, ${city} is a fine place for a ${trade}.`,
        ]),
    };
  },
  judge: ({ slots: { trade = '', city = '' } }, answer) => {
    const trades = answer.values('profession');
    return {
      kind: GREETS.test(answer.text),
      subject:
        (trades.has(trade) || answer.names().has(city.toLowerCase())) &&
        [...trades].every(other => other === trade),
    };
  },
};
