// Makes the app's icons from ../icons/sidelight.svg with rsvg-convert: the PNGs, and the ICO and ICNS that
// Windows and macOS want, which are containers of PNGs. Run it after the drawing changed: `npm run icons`.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const icons = fileURLToPath(new URL('../../icons/', import.meta.url));

function png(size) {
  return execFileSync('rsvg-convert', ['-w', String(size), '-h', String(size), `${icons}sidelight.svg`], {
    maxBuffer: 1 << 24,
  });
}

/** ICO: a directory of 16-byte entries, then the images. A size of 256 is written as 0. */
function ico(sizes) {
  const images = sizes.map(png);
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  images.forEach((image, index) => {
    const entry = 6 + 16 * index;
    head.writeUInt8(sizes[index] % 256, entry);
    head.writeUInt8(sizes[index] % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(image.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  });
  return Buffer.concat([head, ...images]);
}

/** ICNS: chunks of a four-letter type, their length with these eight bytes, and a PNG. */
function icns(types) {
  const chunks = Object.entries(types).map(([type, size]) => {
    const image = png(size);
    const head = Buffer.from(`${type}    `, 'latin1');
    head.writeUInt32BE(image.length + 8, 4);
    return Buffer.concat([head, image]);
  });
  const body = Buffer.concat(chunks);
  const head = Buffer.from('icns    ', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

const files = {
  '32x32.png': png(32),
  '128x128.png': png(128),
  '128x128@2x.png': png(256),
  'icon.png': png(512),
  'icon.ico': ico([16, 24, 32, 48, 64, 256]),
  'icon.icns': icns({ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }),
};
for (const [name, content] of Object.entries(files)) writeFileSync(icons + name, content);
