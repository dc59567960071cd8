const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** What the clock on the wall of that zone is ahead of UTC at an instant. In seconds, negative to the west. */
export function zoneOffset(instant: number, timeZone: string): number {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instant * 1000)
      .map((part) => [part.type, part.value]),
  );
  const field = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const wall = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return wall / 1000 - instant;
}

/** `YYYY-MM-DDTHH:MM:SS` without a zone, as WooCommerce prints its `*_gmt` dates. @param instant seconds since 1970 */
export function utcText(instant: number): string {
  return new Date(instant * 1000).toISOString().slice(0, 19);
}

/** The same in the shop's own zone, as WooCommerce prints its other dates. @param instant seconds since 1970 */
export function localText(instant: number, timeZone: string): string {
  return utcText(instant + zoneOffset(instant, timeZone));
}

/**
 * The instant at which a clock of that zone shows the given time. In an hour that exists twice the earlier one counts,
 * in the hour that is skipped the clock before the change.
 * @param wall the clock's reading, as seconds since 1970 if it were UTC
 */
export function instantOfWall(wall: number, timeZone: string): number {
  const first = wall - zoneOffset(wall, timeZone);
  const earlier = wall - zoneOffset(first - 86_400, timeZone);
  if (earlier + zoneOffset(earlier, timeZone) === wall) return earlier;
  return wall - zoneOffset(first, timeZone);
}

/** Now by the sandbox's clock, in seconds since 1970. */
export function nowOf({ context }: { readonly context: { now(): Date } }): number {
  return Math.floor(context.now().getTime() / 1000);
}
