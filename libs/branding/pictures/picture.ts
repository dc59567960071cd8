/** What was read of a picture: its size as it declares it, and its bytes without anything that is not the picture. */
export interface Picture {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly width: number;
  readonly height: number;
  /** Without comments, texts, positions and whatever else a file may carry along. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file is not what its first bytes say that it is. The message names what is wrong, for whoever sent it. */
export class PictureUnreadable extends Error {
  override readonly name = 'PictureUnreadable';
}

/** Reads numbers and parts of a file; what lies behind its end is an error, never a zero. */
export class Bytes {
  private readonly view: DataView;
  constructor(readonly all: Uint8Array<ArrayBuffer>) {
    this.view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  }

  get length(): number {
    return this.all.length;
  }

  byte(at: number): number {
    return this.read(at, 1, () => this.view.getUint8(at));
  }

  /** Two bytes, the higher first. */
  short(at: number): number {
    return this.read(at, 2, () => this.view.getUint16(at));
  }

  long(at: number): number {
    return this.read(at, 4, () => this.view.getUint32(at));
  }

  shortFromLow(at: number): number {
    return this.read(at, 2, () => this.view.getUint16(at, true));
  }

  longFromLow(at: number): number {
    return this.read(at, 4, () => this.view.getUint32(at, true));
  }

  text(at: number, length: number): string {
    return this.read(at, length, () => String.fromCharCode(...this.all.subarray(at, at + length)));
  }

  part(at: number, length: number): Uint8Array<ArrayBuffer> {
    return this.read(at, length, () => this.all.subarray(at, at + length));
  }

  private read<T>(at: number, length: number, take: () => T): T {
    if (at < 0 || at + length > this.all.length) throw new PictureUnreadable('The file is cut off.');
    return take();
  }
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}
