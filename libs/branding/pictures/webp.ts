import { type Bytes, joined, type Picture, PictureUnreadable } from './picture.js';

const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP']);
/** Bits of VP8X that say what else is in the file: metadata of two kinds, and an animation. */
const METADATA = 0b0000_1100;
const ANIMATION = 0b0000_0010;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @throws PictureUnreadable */
export function readWebp(file: Bytes): Picture {
  if (file.longFromLow(4) + 8 !== file.length) {
    throw new PictureUnreadable('The WebP file is cut off, or there is something behind its end.');
  }
  const parts: Uint8Array[] = [];
  const sizes: Size[] = [];
  let pictures = 0;
  for (let at = 12; at < file.length;) {
    const name = file.text(at, 4);
    const length = file.longFromLow(at + 4);
    // Parts begin at even places.
    const whole = file.part(at, 8 + length + (length % 2));
    if (name === 'VP8 ' || name === 'VP8L') pictures += 1;
    const size = sizeOf(file, name, at + 8);
    if (size !== undefined) sizes.push(size);
    if (KEPT.has(name)) parts.push(name === 'VP8X' ? withoutMetadata(whole) : whole);
    at += whole.length;
  }
  const [size, ...others] = sizes;
  if (size === undefined || pictures !== 1) throw new PictureUnreadable('The WebP file does not hold one picture.');
  if (others.some(({ width, height }) => width !== size.width || height !== size.height)) {
    throw new PictureUnreadable('The WebP file contradicts itself on its size.');
  }
  return { type: 'image/webp', ...size, bytes: inRiff(parts) };
}

/** The size that a part declares, where it declares one (RFC 9649). */
function sizeOf(file: Bytes, name: string, at: number): Size | undefined {
  switch (name) {
    case 'VP8X': {
      if ((file.byte(at) & ANIMATION) !== 0) throw new PictureUnreadable('The picture is animated.');
      return { width: 1 + threeBytes(file, at + 4), height: 1 + threeBytes(file, at + 7) };
    }
    case 'VP8 ': {
      if (file.text(at + 3, 3) !== '\x9d\x01\x2a') throw new PictureUnreadable('The WebP file is damaged.');
      return { width: file.shortFromLow(at + 6) & 0x3fff, height: file.shortFromLow(at + 8) & 0x3fff };
    }
    case 'VP8L': {
      if (file.byte(at) !== 0x2f) throw new PictureUnreadable('The WebP file is damaged.');
      const bits = file.longFromLow(at + 1);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    }
    default:
      return undefined;
  }
}

function threeBytes(file: Bytes, at: number): number {
  return file.shortFromLow(at) + file.byte(at + 2) * 0x1_0000;
}

function withoutMetadata(part: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(part);
  const flags = 8;
  copy[flags] = (copy[flags] ?? 0) & ~METADATA;
  return copy;
}

function inRiff(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = joined(parts);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return joined([head, body]);
}
