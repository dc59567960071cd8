/** A body as text, read: data, nothing at all, data nested beyond reason, or a text where data was expected. */
export type ParsedBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooDeep' }
  | { readonly kind: 'text' };

// No platform nests nearly as deep; beyond it a record could not be printed again.
const MAX_DEPTH = 200;
// How many beginnings are tried behind stray output, so that a page of brackets costs no more than a few attempts.
const MAX_ATTEMPTS = 40;

/**
 * Reads a JSON body. Output that a server printed before it is skipped, as PHP does with its notices when a shop shows
 * them; what follows must be one whole document up to the end.
 */
export function parseBody(text: string): ParsedBody {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  const whole = parse(trimmed);
  if (whole !== undefined) return whole;
  let from = -1;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    from = nextBeginning(trimmed, from + 1);
    if (from < 0) break;
    const rest = parse(trimmed.slice(from));
    if (rest !== undefined) return rest;
  }
  return { kind: 'text' };
}

function nextBeginning(text: string, from: number): number {
  const found = [text.indexOf('{', from), text.indexOf('[', from)].filter((position) => position >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

function parse(text: string): ParsedBody | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(value, MAX_DEPTH) ? { kind: 'tooDeep' } : { kind: 'json', value };
  } catch {
    return undefined;
  }
}

function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'object' && item !== null) for (const child of Object.values(item)) below.push(child);
    }
    level = below;
  }
  return false;
}
