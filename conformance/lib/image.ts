import { crc32, deflateSync } from 'node:zlib';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A grey picture that gets lighter from left to right; with a remark nobody sees it is no file that was stored before. */
export function pngOf({ width, height }: Size, remark?: string): Uint8Array {
  const row = Buffer.from([0, ...Array.from({ length: width }, (_, x) => Math.floor((x * 255) / width))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return pngFile({ width, height }, { bitsPerPixel: 8, rows, remark });
}

/** A black picture, one bit for each pixel: a small file that becomes large in the memory of whoever opens it. */
export function pngBomb({ width, height }: Size, remark: string): Uint8Array {
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  return pngFile({ width, height }, { bitsPerPixel: 1, rows, remark });
}

interface Pixels {
  readonly bitsPerPixel: number;
  readonly rows: Buffer;
  readonly remark: string | undefined;
}

function pngFile({ width, height }: Size, { bitsPerPixel, rows, remark }: Pixels): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Grey.
  header.set([bitsPerPixel, 0, 0, 0, 0], 8);
  const text = remark === undefined ? [] : [chunk('tEXt', Buffer.from(`Comment\0${remark}`))];
  const chunks = [chunk('IHDR', header), ...text, chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([pngSignature, ...chunks]));
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Of a PNG, JPEG, GIF or WebP; undefined for anything else. */
export function sizeOf(bytes: Uint8Array): Size | undefined {
  const file = Buffer.from(bytes);
  if (file.length < 24) return undefined;
  if (file.subarray(0, 8).equals(pngSignature)) return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  if (file.toString('latin1', 0, 3) === 'GIF') return { width: file.readUInt16LE(6), height: file.readUInt16LE(8) };
  if (file.toString('latin1', 8, 12) === 'WEBP') return webpSize(file);
  return file.readUInt16BE(0) === 0xff_d8 ? jpegSize(file) : undefined;
}

/** In the segment that begins a frame: markers C0 to CF without DHT (C4), JPG (C8) and DAC (CC). */
function jpegSize(file: Buffer): Size | undefined {
  for (let at = 2; at + 9 <= file.length && file[at] === 0xff; at += 2 + file.readUInt16BE(at + 2)) {
    const marker = file[at + 1] ?? 0;
    if (marker < 0xc0 || marker > 0xcf || [0xc4, 0xc8, 0xcc].includes(marker)) continue;
    return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
  }
  return undefined;
}

/** In the first part: of a whole animation, of a lossy picture, or of a lossless one. https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(file: Buffer): Size | undefined {
  if (file.length < 30) return undefined;
  const part = file.toString('latin1', 12, 16);
  if (part === 'VP8X') return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
  if (part === 'VP8 ') return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
  const bits = file.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** Whether a PNG, GIF or WebP has more than one picture in it. */
export function isAnimated(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.startsWith('GIF')) return text.split('\x21\xf9\x04').length > 2;
  return text.startsWith('RIFF') ? text.includes('ANIM') : text.slice(0, 200).includes('acTL');
}
