import type { SinkAnswer } from '../../core/model/surroundings.ts';

/** A page for people, as a web server sends it. */
export const page = (head: string, body = ''): SinkAnswer => ({
  status: 200,
  text: `<!doctype html><html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`,
  contentType: 'text/html; charset=utf-8',
});
