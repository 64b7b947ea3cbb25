/** Server-sent events that are written as they come. */
export interface EventStream {
  response: Response;
  /** Sends a value as JSON. Nothing is sent any more once the reader has left. */
  send(value: object): void;
  /** Ends the stream; reports that all was sent, unless the stream failed. */
  end(done: boolean): void;
}

/** Creates a stream of events. @param onLeft called when the reader leaves before the end. */
export function eventStream(onLeft: () => void): EventStream {
  const encoder = new TextEncoder();
  let events: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      events = controller;
    },
    cancel() {
      events = undefined;
      onLeft();
    },
  });
  const write = (data: string) => events?.enqueue(encoder.encode(`data: ${data}\n\n`));
  return {
    response: new Response(body, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    }),
    send: value => write(JSON.stringify(value)),
    end(done) {
      if (done) write('[DONE]');
      events?.close();
      events = undefined;
    },
  };
}
