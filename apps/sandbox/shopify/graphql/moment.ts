/** As GraphQL prints it: UTC, whole seconds ("2026-11-22T10:40:00Z"). */
export function printMoment(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}

/** The same, or null. */
export function printMomentOrNull(moment: number | null): string | null {
  return moment === null ? null : printMoment(moment);
}

/** As a cursor holds it (recorded: "2026-05-08 02:22:28.000000"). Sorts by time. */
export function sortableMoment(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19).replace('T', ' ')}.000000`;
}

/** Minutes the shop's clock is ahead of UTC at that moment. @param timezone IANA name */
export function offsetMinutes(timezone: string, moment: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((local - moment) / 60_000);
}

/** "-05:00" for -300. */
export function printOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

/** The moment a wall clock in the shop's time zone shows these digits ("2026-11-22T10:00:00"). */
export function momentInZone(local: string, timezone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  // Two rounds, because the offset itself depends on the moment around a change of the clocks.
  const guess = asUtc - offsetMinutes(timezone, asUtc) * 60_000;
  return asUtc - offsetMinutes(timezone, guess) * 60_000;
}
