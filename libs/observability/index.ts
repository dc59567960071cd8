export { createLogger, describeError, type Logger } from './logger.js';
export { nestLogger } from './nest-logger.js';
