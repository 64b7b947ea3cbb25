import type { Evidence } from '../schema.ts';

/** Colours that stay apart for colour-blind readers, in print, and on light and dark. @see Okabe and Ito 2008 */
export const COLOURS: Readonly<Record<Evidence, string>> = {
  reported: '#8c8c8c',
  public: '#0072b2',
  live: '#d55e00',
};

/** The second colour where one kind of evidence has two sets of records. */
export const SECOND_PUBLIC = '#009e73';
