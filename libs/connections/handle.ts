/** Whether a part of an address can be one of those that say whose it is; nothing else is looked for. */
export function isHandle(text: string): boolean {
  return /^[A-Za-z0-9_-]{16,64}$/.test(text);
}
