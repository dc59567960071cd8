import { inspect } from 'node:util';

/**
 * A value that must never reach a log, an error or JSON. `expose()` is the only way out, so that every use can be found
 * by searching for it.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Only code that signs, seals or sends may call this. */
  expose(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
