const DIGIT = /\d/;

/**
 * PHP's `strnatcmp`, by which Magento sorts encoded parameter names before it signs: digits in a row count as a number,
 * so `[2]` comes before `[10]` (fact sheet, section 2.2, every tag from 2.1.18 on).
 */
export function compareNaturally(left: string, right: string): number {
  let [a, b] = [0, 0];
  while (a < left.length && b < right.length) {
    const [runA, runB] = [digitsAt(left, a), digitsAt(right, b)];
    if (runA === '' || runB === '') {
      if (left[a] !== right[b]) return (left[a] ?? '') < (right[b] ?? '') ? -1 : 1;
      a += 1;
      b += 1;
      continue;
    }
    const difference = compareRuns(runA, runB);
    if (difference !== 0) return difference;
    a += runA.length;
    b += runB.length;
  }
  return left.length - a - (right.length - b);
}

function digitsAt(text: string, start: number): string {
  let end = start;
  while (DIGIT.test(text[end] ?? '')) end += 1;
  return text.slice(start, end);
}

/** A run that begins with a zero is compared like decimals behind a point, others by their value. */
function compareRuns(left: string, right: string): number {
  const isFraction = left.startsWith('0') || right.startsWith('0');
  if (!isFraction && left.length !== right.length) return left.length - right.length;
  return left === right ? 0 : left < right ? -1 : 1;
}
