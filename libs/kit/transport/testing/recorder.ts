import { isIP, Socket } from 'node:net';
import type { Dialer } from '../egress.js';

/** A dialler that keeps what it is asked for, as `address port`, and connects to nothing. */
export function recorder(): { readonly dial: Dialer; readonly asked: string[] } {
  const asked: string[] = [];
  const dial: Dialer = ({ host, port, lookup }) => {
    const socket = new Socket();
    const end = (addresses: readonly string[]) => {
      for (const address of addresses) asked.push(`${address} ${port}`);
      socket.destroy(Object.assign(new Error('nothing is ever sent'), { code: 'ECONNREFUSED' }));
    };
    if (isIP(host) !== 0) process.nextTick(() => end([host]));
    else {
      lookup(host, { all: true }, (error, found) => {
        if (error !== null) socket.destroy(error);
        else end(typeof found === 'string' ? [found] : found.map(({ address }) => address));
      });
    }
    return socket;
  };
  return { dial, asked };
}
