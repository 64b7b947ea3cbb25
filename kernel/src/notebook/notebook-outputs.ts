import type { DisplayOutput, Output } from '../outputs.ts';
import type { DisplayedOutput, NotebookOutput } from './notebook.ts';

/**
 * Keeps the outputs of a notebook's cells as its front end would: text of one stream is joined, a display that is
 * updated changes in its place, and a cleared output is gone.
 */
export class NotebookOutputs {
  readonly #displays = new Map<string, DisplayedOutput[]>();
  readonly #clearing = new Set<NotebookOutput[]>();

  /** Applies one output of a running cell to the outputs kept under that cell. */
  apply(outputs: NotebookOutput[], output: Output): void {
    if (output.output_type === 'clear_output') {
      if (output.wait) this.#clearing.add(outputs);
      else outputs.length = 0;
    } else if (output.output_type === 'update_display_data') {
      const { data, metadata, transient } = output;
      for (const shown of this.#shownAs(transient?.display_id)) Object.assign(shown, { data, metadata });
    } else {
      if (this.#clearing.delete(outputs)) outputs.length = 0;
      const last = outputs.at(-1);
      if (output.output_type === 'execute_result' || output.output_type === 'error') outputs.push(output);
      else if (output.output_type !== 'stream') outputs.push(this.#show(output));
      else if (last?.output_type === 'stream' && last.name === output.name) last.text += output.text;
      else outputs.push({ ...output });
    }
  }

  #show({ data, metadata, transient }: DisplayOutput): DisplayedOutput {
    const shown: DisplayedOutput = { output_type: 'display_data', data, metadata };
    if (transient?.display_id !== undefined) this.#shownAs(transient.display_id).push(shown);
    return shown;
  }

  #shownAs(id = ''): DisplayedOutput[] {
    const shown = this.#displays.get(id) ?? [];
    this.#displays.set(id, shown);
    return shown;
  }
}
