export type { AnswerFacts } from './answer-route.ts';
export { type Client, createHandler, type Handler, type HandlerOptions } from './handler.ts';
export { type ModelServer, type RequestEntry, type ServeOptions, serveModel } from './serve-model.ts';
