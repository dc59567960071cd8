/**
 * Why there is no answer: `refused` the address is forbidden, `unresolvable` its name leads to no public address, `unreachable` no
 * connection, `tls` the host did not prove who it is, `timeout` and `aborted` we gave up, `tooLarge` the answer exceeds
 * its cap, `interrupted` the connection ended within the exchange, `malformed` the request or the answer is not HTTP.
 */
export type TransportFailure =
  'refused' | 'unresolvable' | 'unreachable' | 'tls' | 'timeout' | 'aborted' | 'tooLarge' | 'interrupted' | 'malformed';

const SENTENCES = {
  refused: 'is not an address that may be called',
  unresolvable: 'is not a known host on the public internet',
  unreachable: 'could not be reached',
  tls: 'did not present a valid certificate or a current TLS version',
  timeout: 'did not answer in time',
  aborted: 'was not asked to the end: the call was cancelled',
  tooLarge: 'sent more than is accepted',
  interrupted: 'ended the connection before the answer was complete',
  malformed: 'cannot be asked this way or did not answer in valid HTTP',
} as const satisfies Record<TransportFailure, string>;

/**
 * An exchange that ended without an answer. HTTP statuses are never errors here.
 *
 * Carries nothing of the request and no error of a library below: those hold headers, and with them credentials. The
 * message names the host as it was given and no address it resolved to, so it may be shown to whoever named the host.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  /**
   * @param host the host name as the caller knows it
   * @param sent whether the server can have seen the request: with `no` it may be sent again whatever it does
   * @param code the error code of Node or OpenSSL, such as `ECONNRESET`, for the log
   */
  constructor(
    readonly reason: TransportFailure,
    readonly sent: 'no' | 'maybe',
    readonly host: string,
    readonly code?: string,
  ) {
    super(`${host} ${SENTENCES[reason]}.`);
  }
}
