import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages as lines of our log. */
export function nestLogger(logger: Logger): LoggerService {
  const line =
    (write: (fields: object, text: string) => void) =>
    (message: unknown, ...more: unknown[]) => {
      const context = more.at(-1);
      write({ context: typeof context === 'string' ? context : undefined }, String(message));
    };
  return {
    // Nest tells every route it maps; that is for whoever debugs the wiring.
    log: line((fields, text) => logger.debug(fields, text)),
    debug: line((fields, text) => logger.debug(fields, text)),
    verbose: line((fields, text) => logger.trace(fields, text)),
    warn: line((fields, text) => logger.warn(fields, text)),
    error: line((fields, text) => logger.error(fields, text)),
    fatal: line((fields, text) => logger.fatal(fields, text)),
  };
}
