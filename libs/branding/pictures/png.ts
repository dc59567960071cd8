import { crc32 } from 'node:zlib';
import { type Bytes, joined, type Picture, PictureUnreadable } from './picture.js';

export const PNG_MAGIC = '\x89PNG\r\n\x1a\n';

/** What makes the picture and its colours (PNG, third edition, section 11); texts, times and animations are left out. */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'iCCP', 'pHYs', 'bKGD']);

/** @throws PictureUnreadable */
export function readPng(file: Bytes): Picture {
  const parts = [file.part(0, PNG_MAGIC.length)];
  const seen = new Set<string>();
  let at = PNG_MAGIC.length;
  while (!seen.has('IEND')) {
    const length = file.long(at);
    const name = file.text(at + 4, 4);
    const whole = file.part(at, length + 12);
    if (crc32(whole.subarray(4, length + 8)) !== file.long(at + 8 + length)) {
      throw new PictureUnreadable('A part of the PNG file is damaged.');
    }
    if ((seen.size === 0) !== (name === 'IHDR') || (name === 'IHDR' && length !== 13)) {
      throw new PictureUnreadable('The PNG file does not begin with its size.');
    }
    seen.add(name);
    if (KEPT.has(name)) parts.push(whole);
    at += whole.length;
  }
  if (!seen.has('IDAT')) throw new PictureUnreadable('The PNG file holds no picture.');
  if (at !== file.length) throw new PictureUnreadable('There is something behind the end of the PNG file.');
  const start = PNG_MAGIC.length + 8;
  return { type: 'image/png', width: file.long(start), height: file.long(start + 4), bytes: joined(parts) };
}
