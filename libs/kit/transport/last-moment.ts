import { type ClientRequest, type IncomingMessage, request as requestPlain, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Socket } from 'node:net';

/** What axios needs of Node to make a request. */
interface RequestMaker {
  request(options: RequestOptions, answered: (answer: IncomingMessage) => void): ClientRequest;
}

/**
 * Node's own way to make a request, with one question at the moment before its first byte is written: a host may take
 * long to be found and reached, and what was allowed when the call was made may not be any more.
 * @param ask is to end the request when it must not leave
 */
export function askingBeforeItLeaves(isSecure: boolean, ask: () => void): RequestMaker {
  return {
    request(options, answered) {
      const request = (isSecure ? requestSecure : requestPlain)(options, answered);
      request.once('socket', (socket: Socket) => {
        if (!socket.connecting) ask();
        // Ahead of Node's own listener, which writes what waits.
        else
          for (const event of isSecure ? ['connect', 'secureConnect'] : ['connect'])
            socket.prependOnceListener(event, ask);
      });
      return request;
    },
  };
}
