import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.js';
import { HTML_HEADERS, htmlPage } from './html-page.js';

const DEFAULT_DELAY_MS = 10_000;

/** Lets the answer start and cuts the connection in the middle of its body, after all state has changed. */
function cutMidBody(response: ServerResponse): void {
  response.end = (chunk?: unknown): ServerResponse => {
    const body = Buffer.isBuffer(chunk) || typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.alloc(0);
    if (!response.headersSent) response.setHeader('content-length', Math.max(body.length, 1));
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
    return response;
  };
}

function answerWith(response: ServerResponse, fault: Fault): void {
  const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
  const type = typeof fault.body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(fault.status ?? 503, {
    'content-type': type,
    ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
  });
  response.end(text);
}

function dispatchLater(delayMs: number, response: ServerResponse, dispatch: () => void): void {
  const timer = setTimeout(dispatch, delayMs);
  // A caller that gave up must not be served, and a closing server must not wait for the pause.
  response.once('close', () => clearTimeout(timer));
}

/** Lets everything happen at once and keeps the answer back. */
function answerLater(delayMs: number, response: ServerResponse): void {
  const end = response.end.bind(response);
  response.end = (chunk?: unknown): ServerResponse => {
    const timer = setTimeout(() => end(chunk), delayMs);
    response.once('close', () => clearTimeout(timer));
    return response;
  };
}

/**
 * Makes one request fail in the way ordered.
 * @param dispatch hands the request to its platform as if nothing was wrong
 */
export function carryOutFault(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  dispatch: () => void,
): void {
  switch (fault.kind) {
    case 'down':
      request.socket.destroy();
      return;
    case 'html':
      response.writeHead(503, { ...HTML_HEADERS });
      response.end(htmlPage('Temporarily unavailable', '<h1>503</h1><p>The shop cannot be reached right now.</p>'));
      return;
    case 'slow':
      dispatchLater(fault.delayMs ?? DEFAULT_DELAY_MS, response, dispatch);
      return;
    case 'late':
      answerLater(fault.delayMs ?? DEFAULT_DELAY_MS, response);
      dispatch();
      return;
    case 'reset':
      cutMidBody(response);
      dispatch();
      return;
    case 'status':
      answerWith(response, fault);
      return;
    case 'brokenRecord':
      dispatch();
  }
}
