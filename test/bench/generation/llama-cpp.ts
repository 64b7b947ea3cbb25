/** llama.cpp's side of the benchmark of generation, on quantised weights: answers {"start": …} and {"turn": true}. */
import { createInterface } from 'node:readline';
import { getLlama, type LlamaContext, LlamaLogLevel, type Token } from 'node-llama-cpp';
import type { Start, Taken } from './requests.ts';

async function turn(context: LlamaContext, { prompts, tokens }: Start): Promise<Taken> {
  const sequences = prompts.map(() => context.getSequence());
  const began = performance.now();
  const answers = await Promise.all(
    prompts.map(async (prompt, row) => {
      const answer: number[] = [];
      const options = { temperature: 0, yieldEogToken: true };
      for await (const token of sequences[row]?.evaluate(prompt as Token[], options) ?? [])
        if (answer.push(token) === tokens) break;
      return answer;
    }),
  );
  const ms = performance.now() - began;
  for (const sequence of sequences) sequence.dispose();
  return { ms, answers };
}

const llama = await getLlama({
  gpu: false,
  build: 'never',
  skipDownload: true,
  progressLogs: false,
  logLevel: LlamaLogLevel.error,
});
let context: LlamaContext | undefined;
let started: Start | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const request: { start?: Start } = JSON.parse(line);
  let answer: object = {};
  if (request.start) {
    started = request.start;
    const { model: modelPath, prompts, tokens, threads } = started;
    const model = await llama.loadModel({ modelPath });
    const contextSize = (prompts[0]?.length ?? 0) + tokens;
    context = await model.createContext({ contextSize, sequences: prompts.length, threads });
  } else if (context && started) answer = await turn(context, started);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await llama.dispose();
