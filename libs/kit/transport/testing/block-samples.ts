import { isIPv4 } from 'node:net';

/** First, middle and last address of a CIDR block, by arithmetic that shares nothing with what is tested. */
export function samples(block: string): string[] {
  const [network = '', prefix = ''] = block.split('/');
  const v4 = isIPv4(network);
  const hostBits = BigInt((v4 ? 32 : 128) - Number(prefix));
  const first = v4 ? numberOf4(network) : numberOf6(network);
  const size = 1n << hostBits;
  return [first, first + size / 2n, first + size - 1n].map((value) => (v4 ? text4(value) : text6(value)));
}

const numberOf4 = (text: string) => text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
const text4 = (value: bigint) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
const text6 = (value: bigint) => {
  const hex = value.toString(16).padStart(32, '0');
  return (hex.match(/.{4}/g) ?? []).join(':');
};

function numberOf6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}
