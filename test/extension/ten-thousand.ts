/** The part of JupyterLab's application object that holds a notebook's outputs. */
interface NotebookApp {
  shell: {
    currentWidget: {
      content: { model: { cells: { get(index: number): { outputs: { add(output: object): void } } } } };
    };
  };
}

/** Waiting times of a reader, in ms. */
export interface Waits {
  firstRows: number;
  filter: number;
  next: number;
}

/**
 * Runs in the page: adds an output of 10,000 prompts, filters it to 111 and goes to the next of these.
 *
 * @param mime MIME type of the output.
 */
export async function timeTenThousand(mime: string): Promise<Waits> {
  const words = 'the of imitation model answers plants whether lists or not and is are to in for'.split(' ');
  const text = (seed: number, length: number) =>
    Array.from({ length }, (_, i) => words[(seed * 7 + i * i + i) % words.length]).join(' ');
  const comparison = {
    version: 1,
    answers: [
      { id: 't', label: 'Teacher', role: 'teacher' },
      { id: 'i', label: 'Imitator', role: 'imitation' },
    ],
    items: Array.from({ length: 10_000 }, (_, i) => ({
      promptId: `p${i}`,
      prompt: `Question ${i}: ${text(i, 8)}`,
      category: `c${i % 9}`,
      answers: { t: { text: text(i, 180) }, i: { text: text(i + 1, 160) } },
    })),
  };
  const app = window.jupyterapp as unknown as NotebookApp;
  const { outputs } = app.shell.currentWidget.content.model.cells.get(0);
  const frame = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  const timed = async (act: () => void, until: () => boolean) => {
    const start = performance.now();
    act();
    do await frame();
    while (!until());
    return Math.round(performance.now() - start);
  };
  const search = () => document.querySelector<HTMLInputElement>('.il-Search');
  const found = () => document.querySelector('.il-Found')?.textContent;
  const firstRows = await timed(
    () => outputs.add({ output_type: 'display_data', metadata: {}, data: { [mime]: comparison } }),
    () => document.querySelectorAll('.il-Row').length > 5,
  );
  // Nobody reads and types within a second.
  await new Promise(resolve => setTimeout(resolve, 1000));
  const filter = await timed(
    () => {
      const input = search();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, 'Question 77');
      input?.dispatchEvent(new Event('input', { bubbles: true }));
    },
    () => found() === '111 of 10,000',
  );
  const place = () => document.querySelector('.il-Place')?.textContent;
  const next = await timed(
    () => document.querySelector<HTMLElement>('[aria-label="Next prompt"]')?.click(),
    () => place() === '2 of 111',
  );
  return { firstRows, filter, next };
}
