/** As the database writes it: UTC without a zone (recorded: every list). @param at seconds since 1970 */
export function databaseTime(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
