/** Our side of the benchmark of generation, and of its scoring: answers {"start": …}, {"turn": true} and {"score": …}. */
import { createInterface } from 'node:readline';
import { resolveBackend } from 'imitation-lab/compute';
import { generateTokens, type Inference, inference, scoreTokens } from 'imitation-lab/generate';
import { loadModel } from 'imitation-lab/model';
import type { Start, Taken } from './requests.ts';

async function turn(run: Inference, { prompts, tokens }: Start): Promise<Taken> {
  const answers: number[][] = [];
  const began = performance.now();
  for await (const { prompt, ids } of generateTokens(run, prompts, { maxTokens: tokens }))
    answers[prompt] = ids;
  return { ms: performance.now() - began, answers };
}

/** Milliseconds to find which of four tokens follows each prompt most likely. */
async function score(run: Inference, { prompts }: Start): Promise<number[]> {
  const ms: number[] = [];
  for (const prompt of prompts) {
    const began = performance.now();
    const items = [330, 378, 340, 422].map(choice => ({ ids: [...prompt, choice], from: prompt.length }));
    await scoreTokens(run, items);
    ms.push(performance.now() - began);
  }
  return ms;
}

await resolveBackend({ prefer: 'tensorflow' });
let run: Inference | undefined;
let started: Start | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const request: { start?: Start; score?: Start } = JSON.parse(line);
  let answer: object = {};
  if (request.start) {
    started = request.start;
    run ??= inference(await loadModel(started.model));
  } else if (run && request.score) answer = await score(run, request.score);
  else if (run && started) answer = await turn(run, started);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
