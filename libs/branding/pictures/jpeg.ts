import { type Bytes, joined, type Picture, PictureUnreadable } from './picture.js';

export const JPEG_MAGIC = '\xff\xd8\xff';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Baseline, extended and progressive: those that browsers show. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
/** Tables, restart intervals, JFIF, colour profiles and Adobe's word on colours; all else is not the picture. */
const KEPT = new Set([...FRAMES, START_OF_SCAN, 0xc4, 0xdb, 0xdd, 0xe0, 0xe2, 0xee]);

/** @throws PictureUnreadable */
export function readJpeg(file: Bytes): Picture {
  const parts = [file.part(0, 2)];
  let size: { readonly width: number; readonly height: number } | undefined;
  let scans = 0;
  let at = 2;
  while (file.byte(at + 1) !== END_OF_IMAGE) {
    const marker = markerAt(file, at);
    const end = at + 2 + lengthAt(file, at + 2);
    const next = marker === START_OF_SCAN ? endOfScan(file, end) : end;
    const segment = file.part(at, next - at);
    if (FRAMES.has(marker)) {
      if (size !== undefined) throw new PictureUnreadable('The JPEG file holds more than one picture.');
      size = { height: file.short(at + 5), width: file.short(at + 7) };
    }
    if (marker === START_OF_SCAN) scans += 1;
    if (KEPT.has(marker)) parts.push(segment);
    at = next;
  }
  markerAt(file, at);
  if (size === undefined || scans === 0) throw new PictureUnreadable('The JPEG file holds no picture.');
  if (at + 2 !== file.length) throw new PictureUnreadable('There is something behind the end of the JPEG file.');
  return { type: 'image/jpeg', ...size, bytes: joined([...parts, file.part(at, 2)]) };
}

function markerAt(file: Bytes, at: number): number {
  if (file.byte(at) !== 0xff) throw new PictureUnreadable('The JPEG file is damaged.');
  return file.byte(at + 1);
}

function lengthAt(file: Bytes, at: number): number {
  const length = file.short(at);
  // It counts itself.
  if (length < 2) throw new PictureUnreadable('The JPEG file is damaged.');
  return length;
}

/** Within a scan, FF is followed by 00, or by the number of a restart; anything else ends it. */
function endOfScan(file: Bytes, start: number): number {
  for (let at = start; ; at += 1) {
    if (file.byte(at) !== 0xff) continue;
    const following = file.byte(at + 1);
    const isData = following === 0 || (following >= 0xd0 && following <= 0xd7);
    if (!isData && following !== 0xff) return at;
  }
}
