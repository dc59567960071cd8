/** How a term compares. */
export type Comparator = 'is' | '<' | '<=' | '>' | '>=';

/** One `field:value`, or a bare value whose field is `default`. */
export interface SearchTerm {
  readonly kind: 'term';
  readonly field: string;
  readonly comparator: Comparator;
  readonly value: string;
  /** The value stood in quotes. */
  readonly quoted: boolean;
  /** The value was not quoted and a colon ended it. */
  readonly cut: boolean;
}

/** A parsed search. */
export type SearchNode =
  | SearchTerm
  | { readonly kind: 'not'; readonly term: SearchNode }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly SearchNode[] };

/** One entry of `extensions.search`. */
export interface SearchReport {
  readonly path: readonly (string | number)[];
  readonly query: string;
  readonly parsed: unknown;
  readonly warnings: readonly SearchWarning[];
}

/** recorded: `{"field":"email","message":"Invalid search field for this query.","code":"invalid_field"}`. */
export interface SearchWarning {
  readonly field: string;
  readonly message: string;
  readonly code: string;
}

const DEEPEST = 50;
const VALUE_END = /[\s():]/;

/** Reads a search text from left to right. Whatever makes no sense is skipped: a search never fails to parse at Shopify either. */
class SearchReader {
  #at = 0;

  constructor(readonly text: string) {}

  query(depth = 0): SearchNode | undefined {
    const either: SearchNode[] = [];
    let all: SearchNode[] = [];
    for (;;) {
      this.#skip(/[\s:]/);
      if (this.#done() || this.#peek() === ')') break;
      if (this.#word('OR')) {
        either.push(...joined('and', all));
        all = [];
        continue;
      }
      if (this.#word('AND')) continue;
      const term = this.#term(depth);
      if (term !== undefined) all.push(term);
    }
    return joined('or', [...either, ...joined('and', all)])[0];
  }

  /** Steps over a closing bracket. */
  skipBracket(): void {
    this.#take(')');
  }

  #term(depth: number): SearchNode | undefined {
    const negated = this.#word('NOT') || this.#take('-');
    this.#skip(/\s/);
    const term = this.#take('(') ? this.#group(depth) : this.#fieldTerm();
    return negated && term !== undefined ? { kind: 'not', term } : term;
  }

  #group(depth: number): SearchNode | undefined {
    const inner = depth < DEEPEST ? this.query(depth + 1) : undefined;
    if (inner === undefined && depth >= DEEPEST) this.#at = this.text.length;
    this.#take(')');
    return inner;
  }

  #fieldTerm(): SearchTerm | undefined {
    const first = this.#value();
    if (first.quoted || !this.#take(':')) {
      // A character nobody expects here is stepped over, or the reading would stand still.
      if (first.value === '' && !first.quoted) this.#at += 1;
      return first.value === ''
        ? undefined
        : { kind: 'term', field: 'default', comparator: 'is', cut: false, ...first };
    }
    const comparator = (['>=', '<=', '>', '<'] as const).find((sign) => this.#take(sign)) ?? 'is';
    const second = this.#value();
    const cut = !second.quoted && this.#peek() === ':';
    return { kind: 'term', field: first.value, comparator, cut, ...second };
  }

  #value(): { readonly value: string; readonly quoted: boolean } {
    const quote = this.#peek();
    if (quote === '"' || quote === "'") return { value: this.#quoted(quote), quoted: true };
    let value = '';
    while (!this.#done() && !VALUE_END.test(this.#peek())) {
      if (this.#peek() === '\\') this.#at += 1;
      value += this.#peek();
      this.#at += 1;
    }
    return { value, quoted: false };
  }

  #quoted(quote: string): string {
    this.#at += 1;
    let value = '';
    while (!this.#done() && this.#peek() !== quote) {
      if (this.#peek() === '\\') this.#at += 1;
      value += this.#peek();
      this.#at += 1;
    }
    this.#at += 1;
    return value;
  }

  #word(word: string): boolean {
    const after = this.text[this.#at + word.length] ?? ' ';
    return /[\s()]/.test(after) && this.#take(word);
  }

  #take(literal: string): boolean {
    if (!this.text.startsWith(literal, this.#at)) return false;
    this.#at += literal.length;
    return true;
  }

  #skip(pattern: RegExp): void {
    while (!this.#done() && pattern.test(this.#peek())) this.#at += 1;
  }

  #peek(): string {
    return this.text[this.#at] ?? '';
  }

  #done(): boolean {
    return this.#at >= this.text.length;
  }
}

function joined(kind: 'and' | 'or', terms: readonly SearchNode[]): readonly SearchNode[] {
  return terms.length > 1 ? [{ kind, terms }] : terms;
}

/**
 * Parses Shopify's search syntax; docs: https://shopify.dev/docs/api/usage/search-syntax. An unquoted value ends at the first colon, so
 * an unquoted time loses its minutes and what follows becomes a term of its own (recorded: field `00`, value `00Z`).
 * @returns undefined when nothing is searched for
 */
export function parseSearch(query: string): SearchNode | undefined {
  const reader = new SearchReader(query);
  const nodes: SearchNode[] = [];
  // A closing bracket nobody opened ends a reading early; what follows it still counts.
  for (let left = query.split(')').length; left > 0; left -= 1) {
    const node = reader.query();
    if (node !== undefined) nodes.push(node);
    reader.skipBracket();
  }
  return joined('and', nodes)[0];
}

const RANGES = { '<': 'range_lt', '<=': 'range_lte', '>': 'range_gt', '>=': 'range_gte' } as const;

/**
 * A search as `extensions.search[].parsed` shows it (recorded: `match_all`, `match_phrase`, `range_…`, `and`).
 * @param valueOf how a term's value was understood
 */
export function printSearch(node: SearchNode, valueOf: (term: SearchTerm) => string): unknown {
  if (node.kind === 'not') return { not: printSearch(node.term, valueOf) };
  if (node.kind !== 'term') return { [node.kind]: node.terms.map((term) => printSearch(term, valueOf)) };
  const { field, comparator, quoted } = node;
  const how = comparator !== 'is' ? RANGES[comparator] : quoted ? 'match_phrase' : 'match_all';
  return { field, [how]: valueOf(node) };
}
