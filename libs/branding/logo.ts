import { GatewayError } from '#contract';
import { JPEG_MAGIC, readJpeg } from './pictures/jpeg.js';
import { Bytes, type Picture, PictureUnreadable } from './pictures/picture.js';
import { PNG_MAGIC, readPng } from './pictures/png.js';
import { readWebp } from './pictures/webp.js';

export const LOGO_BYTES = 64 * 1024;
/** Sides of a logo in pixels. A browser unpacks what a file declares, so that a small file may cost a gigabyte. */
export const LOGO_SIDES = { least: 16, most: 1024 } as const;

/**
 * A logo as an app sends it. Which kind of picture it is, its own first bytes say; nothing that an app claims is believed.
 * @param text base64, without `data:` before it
 * @throws GatewayError `request_invalid` for what is no whole PNG, JPEG or WebP file of an acceptable size
 */
export function readLogo(text: string): Picture {
  const decoded = Buffer.from(text, 'base64');
  // Node skips what is no base64; whoever sent it meant something else.
  if (decoded.length === 0 || decoded.toString('base64') !== text) throw refused('The logo is not base64.');
  if (decoded.length > LOGO_BYTES) throw refused(`The logo is larger than ${LOGO_BYTES} bytes.`);
  const picture = readPicture(new Bytes(new Uint8Array(decoded)));
  const isAcceptable = [picture.width, picture.height].every(
    (side) => side >= LOGO_SIDES.least && side <= LOGO_SIDES.most,
  );
  if (!isAcceptable) {
    throw refused(`The logo must be ${LOGO_SIDES.least} to ${LOGO_SIDES.most} pixels wide and as many high.`);
  }
  return picture;
}

function readPicture(file: Bytes): Picture {
  const startsWith = (magic: string, at = 0) =>
    file.length >= at + magic.length && file.text(at, magic.length) === magic;
  try {
    if (startsWith(PNG_MAGIC)) return readPng(file);
    if (startsWith(JPEG_MAGIC)) return readJpeg(file);
    if (startsWith('RIFF') && startsWith('WEBP', 8)) return readWebp(file);
  } catch (error) {
    if (error instanceof PictureUnreadable) throw refused(error.message);
    throw error;
  }
  throw refused('The logo is neither a PNG nor a JPEG nor a WebP file.');
}

function refused(message: string): GatewayError<'request_invalid'> {
  return new GatewayError('request_invalid', message, { fields: [{ path: 'logo', message }] });
}
