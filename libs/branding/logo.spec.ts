import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { JPEG, png, pngPart, WEBP, webp, webpPart } from '../../test/setup/pictures.js';
import { GatewayError } from '#contract';
import { LOGO_BYTES, readLogo } from './logo.js';

const read = (file: Buffer) => readLogo(file.toString('base64'));

function refusalOf(text: string): string {
  try {
    readLogo(text);
  } catch (error) {
    if (GatewayError.is(error, 'request_invalid') && error.context.fields?.[0]?.path === 'logo') return error.message;
    throw error;
  }
  throw new Error('it was taken');
}
const refusal = (file: Buffer) => refusalOf(file.toString('base64'));

const SCRIPT = Buffer.from('<script>alert(document.domain)</script><?php system($_GET[0]); ?>', 'latin1');
const GENUINE = { png: png(), jpeg: JPEG, lossy: WEBP.lossy, lossless: WEBP.lossless };

/** The JPEG file with one segment more behind its first bytes. */
function withSegment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]);
  return Buffer.concat([JPEG.subarray(0, 2), head, data, JPEG.subarray(2)]);
}

describe('a logo', () => {
  it.each([
    ['png', GENUINE.png, 'image/png', 48, 48],
    ['jpeg', GENUINE.jpeg, 'image/jpeg', 24, 16],
    ['lossy', GENUINE.lossy, 'image/webp', 24, 16],
    ['lossless', GENUINE.lossless, 'image/webp', 24, 16],
  ])('is what its own bytes say: %s', (_, file, type, width, height) => {
    const picture = read(file);
    expect({ ...picture, bytes: Buffer.from(picture.bytes).equals(file) }).toEqual({
      type,
      width,
      height,
      bytes: true,
    });
  });

  it.each(Object.entries(GENUINE))('is refused wherever it is cut off: %s', (_, file) => {
    for (let length = 0; length < file.length; length += 1) expect(refusal(file.subarray(0, length))).not.toBe('');
  });

  it.each(Object.entries(GENUINE))('is refused with something behind its end: %s', (_, file) => {
    for (const tail of [SCRIPT, Buffer.from('PK\x05\x06'), Buffer.from([0])]) {
      expect(refusal(Buffer.concat([file, tail]))).toMatch(/behind/);
    }
  });

  it.each([
    ['a script', SCRIPT],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['GIF', Buffer.from('GIF89a\x10\0\x10\0\0\0\0;', 'latin1')],
    ['a page that begins with a space', Buffer.concat([Buffer.from(' '), png()])],
    ['a PNG file within a page', Buffer.concat([SCRIPT, png()])],
    ['the first bytes of a JPEG file before a PNG file', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), png()])],
    ['RIFF of another kind', Buffer.from('RIFF\x04\0\0\0WAVE', 'latin1')],
    ['nothing but first bytes', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['nothing', Buffer.alloc(0)],
  ])('is refused when it is no picture: %s', (_, file) => {
    expect(refusal(file)).not.toBe('');
  });

  it.each(['data:image/png;base64,AAAA', '%%%%', 'AAA', 'AA-_', ' ', `${png().toString('base64')}\n`])(
    'is refused when it is not base64: %j',
    (text) => {
      expect(refusalOf(text)).toBe('The logo is not base64.');
    },
  );
});

describe('a picture that carries more than a picture', () => {
  it('is kept without it', () => {
    const notes = [
      pngPart('tEXt', Buffer.concat([Buffer.from('Comment\0'), SCRIPT])),
      pngPart('eXIf', SCRIPT),
      pngPart('acTL', Buffer.alloc(8)),
    ];
    const exif = webp(webpPart('EXIF', SCRIPT), WEBP.lossyPart, webpPart('XMP ', SCRIPT), webpPart('evil', SCRIPT));
    for (const file of [png({ more: notes }), withSegment(0xfe, SCRIPT), withSegment(0xe1, SCRIPT), exif]) {
      expect(file.includes(SCRIPT)).toBe(true);
      const { bytes } = read(file);
      expect(Buffer.from(bytes).includes('script')).toBe(false);
      // What is left is whole.
      expect(Buffer.from(read(Buffer.from(bytes)).bytes).equals(bytes)).toBe(true);
    }
  });

  it('says no more that it has what was taken away', () => {
    const head = Buffer.alloc(10);
    head.set([0b0000_1100, 0, 0, 0, 23, 0, 0, 15, 0, 0]);
    const { bytes, width, height } = read(webp(webpPart('VP8X', head), WEBP.lossyPart, webpPart('EXIF', SCRIPT)));
    expect([width, height, bytes[20]]).toEqual([24, 16, 0]);
  });
});

describe('a picture that costs more than it weighs', () => {
  const one = { width: 1, height: 1 };
  it.each([
    ['PNG', png({ ...one, declared: [65_535, 65_535] })],
    ['PNG, wider than a browser counts', png({ ...one, declared: [0xffff_ffff, 16] })],
    ['PNG, one pixel', png(one)],
    ['PNG, of no width', png({ ...one, declared: [0, 48] })],
    ['PNG, one side', png({ width: 1025, height: 16 })],
    ['JPEG', sized(JPEG, [0xff, 0xff, 0xff, 0xff])],
    ['JPEG, of no height', sized(JPEG, [0, 0, 0, 24])],
    ['WebP', webp(webpPart('VP8 ', Buffer.from([0, 0, 0, 0x9d, 1, 0x2a, 0xff, 0x3f, 0xff, 0x3f])))],
    ['WebP, lossless', webp(webpPart('VP8L', Buffer.from([0x2f, 0xff, 0xff, 0xff, 0x0f])))],
  ])('is refused by its declared size: %s', (_, file) => {
    expect(refusal(file)).toMatch(/pixels wide/);
  });

  it('is refused when it declares two sizes', () => {
    const huge = Buffer.from([0, 0, 0, 0, 0xfe, 0xff, 0, 0xfe, 0xff, 0]);
    expect(refusal(webp(webpPart('VP8X', huge), WEBP.lossyPart))).toMatch(/contradicts itself/);
    expect(refusal(png({ more: [pngPart('IHDR', Buffer.alloc(13))] }))).toMatch(/begin with its size/);
    const frame = JPEG.subarray(JPEG.indexOf(Buffer.from([0xff, 0xc0])));
    expect(refusal(withSegment(0xc0, frame.subarray(4, 19)))).toMatch(/more than one picture/);
  });

  it('is refused when it moves, or holds several', () => {
    const moving = Buffer.from([0b10, 0, 0, 0, 23, 0, 0, 15, 0, 0]);
    expect(refusal(webp(webpPart('VP8X', moving), WEBP.lossyPart))).toBe('The picture is animated.');
    expect(refusal(webp(WEBP.lossyPart, WEBP.lossyPart))).toMatch(/one picture/);
  });

  it('is refused when it is damaged, or larger than 64 kB', () => {
    const damaged = png();
    damaged[20] = (damaged[20] ?? 0) ^ 1;
    expect(refusal(damaged)).toMatch(/damaged/);
    const noise = pngPart('tEXt', Buffer.alloc(LOGO_BYTES));
    expect(refusal(png({ more: [noise] }))).toMatch(/larger than 65536/);
    expect(refusal(png({ more: [pngPart('IDAT', deflateSync(Buffer.alloc(9)))] }).subarray(0, 90))).not.toBe('');
  });
});

function sized(file: Buffer, size: readonly number[]): Buffer {
  const copy = Buffer.from(file);
  copy.set(size, copy.indexOf(Buffer.from([0xff, 0xc0])) + 5);
  return copy;
}
