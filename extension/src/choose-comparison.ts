import { Dialog, InputDialog, showDialog } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';

/**
 * Asks for the comparison of a folder that is to be rated.
 *
 * @param isComparison reports by its name whether a file is one.
 * @returns its path; null where there is none, which a dialog reports, or the reader changed their mind.
 */
export async function chooseComparison(
  contents: Contents.IManager,
  folder: string,
  isComparison: (name: string) => boolean,
): Promise<string | null> {
  const { content } = await contents.get(folder);
  const names = (content as Contents.IModel[])
    .filter(({ type, name }) => type === 'file' && isComparison(name))
    .map(({ name }) => name)
    .sort();
  if (names.length === 0) {
    await showDialog({
      title: 'No comparison to rate',
      body: `The folder ${folder === '' ? '/' : folder} has no file NAME.compare.jsonl or NAME.compare.json.`,
      buttons: [Dialog.okButton()],
    });
    return null;
  }
  const { value } = await InputDialog.getItem({
    title: 'Rate answers blind',
    label: 'Comparison',
    items: names,
    okLabel: 'Rate',
  });
  return value === null ? null : [folder, value].filter(part => part !== '').join('/');
}
