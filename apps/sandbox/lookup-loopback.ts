import type { LookupFunction } from 'node:net';

/** For callbacks to `localhost`: nobody is asked where that is. */
export const lookupLoopback: LookupFunction = (_hostname, { all }, callback) => {
  if (all === true) {
    callback(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  } else callback(null, '127.0.0.1', 4);
};
