import { type Contents, ServerConnection } from '@jupyterlab/services';

/** A text file on the server that can be added to. */
export interface SidecarFile {
  readonly path: string;
  /** Reads the whole text and its bytes; empty where there is no file. */
  read(): Promise<{ text: string; size: number }>;
  /** Writes behind the content; returns the bytes that the file holds then. */
  append(text: string): Promise<number>;
  /** Replaces the file. */
  write(text: string): Promise<void>;
}

/**
 * Opens a file behind JupyterLab's contents service. Jupyter's server appends the last piece of an upload in pieces
 * to the file, without reading it: this is how several browsers write to one file.
 */
export function sidecarFile(contents: Contents.IManager, path: string): SidecarFile {
  const text = { type: 'file', format: 'text', path } as const;
  return {
    path,
    read: async () => {
      try {
        const { content, size } = await contents.get(path, { type: 'file', format: 'text', content: true });
        return { text: content, size: size ?? new TextEncoder().encode(content).length };
      } catch (error) {
        if (error instanceof ServerConnection.ResponseError && error.response.status === 404)
          return { text: '', size: 0 };
        throw error;
      }
    },
    append: async content => (await contents.save(path, { ...text, content, chunk: -1 })).size ?? -1,
    write: async content => {
      await contents.save(path, { ...text, content });
    },
  };
}
