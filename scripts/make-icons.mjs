/**
 * Draws the application's icons anew from resources/icons/*.svg: one PNG per size, and from these the .ico for Windows
 * and the .icns for macOS. Run by hand after the drawing changes (`node scripts/make-icons.mjs`); the results are
 * committed, so that packaging needs no tool that would have to be downloaded.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { startVirtualDisplay } from './lib/display.mjs';
import { fromRoot } from './lib/project.mjs';

const folder = fromRoot('resources', 'icons');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const smallUpTo = 32;
const icoSizes = [16, 24, 32, 48, 64, 128, 256];
const icnsTypes = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10', 32: 'ic11', 64: 'ic12' };

await bootstrap(import.meta.url, async () => {
  const { setUp } = await import('./lib/set-up.mjs');
  const runtime = await setUp({ display: process.platform === 'linux' });
  const pictures = await drawAll(runtime);
  for (const [size, picture] of pictures) writeFileSync(join(folder, `${size}x${size}.png`), picture);
  writeFileSync(join(folder, 'icon.ico'), icoFile(icoSizes.map((size) => [size, pictures.get(size)])));
  const icnsParts = Object.entries(icnsTypes).map(([size, type]) => [type, pictures.get(Number(size))]);
  writeFileSync(join(folder, 'icon.icns'), icnsFile(icnsParts));
});

/** @returns a map from size in pixels to PNG bytes */
async function drawAll(runtime) {
  const { _electron } = await import('playwright-core');
  const { driverArguments, sandboxArguments } = await import('./lib/app-window.mjs');
  const display = process.platform === 'linux' ? await startVirtualDisplay() : {};
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...driverArguments(), ...sandboxArguments(), fromRoot('scripts', 'blank-window')],
    env: { ...process.env, ...display },
  });
  const page = await app.firstWindow();
  const pictures = new Map();
  for (const size of sizes) pictures.set(size, await draw(page, size));
  await app.close();
  return pictures;
}

async function draw(page, size) {
  const svg = readFileSync(join(folder, size <= smallUpTo ? 'icon-small.svg' : 'icon.svg'), 'utf8');
  const base64 = await page.evaluate(
    async ({ source, pixels }) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = pixels;
      canvas.getContext('2d').drawImage(image, 0, 0, pixels, pixels);
      return canvas.toDataURL('image/png').split(',')[1];
    },
    { source: svg, pixels: size },
  );
  return Buffer.from(base64, 'base64');
}

/** An .ico is a directory of 16-byte rows followed by the pictures, which may be PNG since Windows Vista. */
function icoFile(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(([size, picture], i) => {
    const row = 6 + 16 * i;
    header.writeUInt8(size % 256, row);
    header.writeUInt8(size % 256, row + 1);
    header.writeUInt16LE(1, row + 4);
    header.writeUInt16LE(32, row + 6);
    header.writeUInt32LE(picture.length, row + 8);
    header.writeUInt32LE(offset, row + 12);
    offset += picture.length;
  });
  return Buffer.concat([header, ...pictures.map(([, picture]) => picture)]);
}

/** An .icns is a list of chunks: four letters, the length with these eight bytes, and a PNG. */
function icnsFile(parts) {
  const chunk = (type, body) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(body.length + 8, 4);
    return Buffer.concat([head, body]);
  };
  return chunk('icns', Buffer.concat(parts.map(([type, picture]) => chunk(type, picture))));
}
