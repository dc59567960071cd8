import { crc32, deflateSync } from 'node:zlib';

/** One part of a PNG file, with its checksum. */
export function pngPart(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

export interface PngOptions {
  readonly width?: number;
  readonly height?: number;
  /** What the head says, where it lies. */
  readonly declared?: readonly [number, number];
  readonly colour?: readonly [number, number, number];
  /** More parts, between head and picture. */
  readonly more?: readonly Buffer[];
}

const MAGIC = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A PNG file of one colour. */
export function png({
  width = 48,
  height = 48,
  declared = [width, height],
  colour = [10, 160, 110],
  more = [],
}: PngOptions = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(declared[0], 0);
  head.writeUInt32BE(declared[1], 4);
  // Eight bits a channel, red, green and blue.
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.from([0, ...Array.from({ length: width }, () => colour).flat()]);
  const picture = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  return Buffer.concat([
    ...[MAGIC, pngPart('IHDR', head), ...more],
    ...[pngPart('IDAT', picture), pngPart('IEND', Buffer.alloc(0))],
  ]);
}

/** 24 by 16 pixels, as Chromium's canvas writes them, without their colour profiles. */
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQF/8QAHhAAAAUFAQAAAAAAAAAAAAAAAAUREhMBFSNCUWH/xAAXAQADAQAAAAAAAAAAAAAAAAAAAQQF/8QAGxEBAAAHAAAAAAAAAAAAAAAAABMjMVFigZH/2gAMAwEAAhEDEQA/AKigquc2aKNujlVfacA3KrZDmlkdo1ET2vQKDW2TYZZG7tRF8r0Dc1ucOGKN27lVPKcDYUmDlu/KM0AACZ//2Q==',
  'base64',
);
const lossy = Buffer.from(
  'VlA4IFIAAAAwAwCdASoYABAAPtFUo0uoJKMhsAgBABoJYgApP/JQAShYAP7O9f+vJf/rr2//61q//57u68v6T/41YP8HSZ/13fX3i/xyB6m+V41JxGzHwAAA',
  'base64',
);
const lossless = Buffer.from('VlA4TCMAAAAvF8ADAA/wKtX5/x3i/EcaCLJtanB/y1M8R4jo/zgAQPOaNwA=', 'base64');

/** A WebP file of these parts. */
export function webp(...parts: readonly Buffer[]): Buffer {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  const body = Buffer.concat([head, ...parts]);
  body.writeUInt32LE(body.length - 8, 4);
  return body;
}

export function webpPart(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(name, 'latin1'), length, data, Buffer.alloc(data.length % 2)]);
}

export const WEBP = { lossy: webp(lossy), lossless: webp(losslessPart()), lossyPart: lossy };

function losslessPart(): Buffer {
  return lossless.length % 2 === 0 ? lossless : Buffer.concat([lossless, Buffer.alloc(1)]);
}
