import { GraphQLError, Lexer, Source, TokenKind, type Token } from 'graphql';
import type { DocumentError } from './validation-errors.js';

/** The last real token of a text: where Shopify reports an unexpected end (recorded: "at [3, 5]" for the `id` before the end). */
function lastToken(text: string): Token {
  const lexer = new Lexer(new Source(text));
  let last = lexer.token;
  while (lexer.advance().kind !== TokenKind.EOF) last = lexer.token;
  return last;
}

/** A syntax error as Shopify prints it. @param error what graphql-js threw on the text */
export function parseError(error: unknown, text: string): DocumentError {
  const extensions = { code: 'PARSE_ERROR' };
  if (!(error instanceof GraphQLError)) return { message: 'syntax error', locations: [], extensions };
  const atEnd = error.message.includes('<EOF>');
  const { line, column } = (atEnd ? lastToken(text) : error.locations?.[0]) ?? { line: 1, column: 1 };
  const [, what = 'unexpected token'] = /(?:found|Unexpected) (.+?)\.?$/.exec(error.message) ?? [];
  const unexpected = atEnd ? 'unexpected end of file' : `unexpected ${what}`;
  return { message: `syntax error, ${unexpected} at [${line}, ${column}]`, locations: [{ line, column }], extensions };
}
