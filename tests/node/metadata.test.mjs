// Metadata, from the package as built: pictures as another program writes them, looked at by readers that others wrote
// (exifr, and Pillow where set-up made the Python of the oracle).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import exifr from 'exifr';

import { dist, harbour, root } from '../support/paths.mjs';

const { createMetadataTool, MetadataError } = await import(pathToFileURL(join(dist, 'node-metadata.js')).href);
const tool = await createMetadataTool();
const folder = mkdtempSync(join(tmpdir(), 'pausepoint-metadata-'));
after(() => rmSync(folder, { recursive: true }));

const SECRET = "Anna's phone";
const seed = (name) => readFileSync(join(root, 'fuzz/seeds/picture', name));
const kindsOf = (found) => found.map(({ kind }) => kind);
const python = process.env.PAUSEPOINT_PDQ_PYTHON ?? join(root, 'target/oracle/bin/python');

function pillow(...args) {
  const { status, stdout, stderr } = spawnSync(python, [join(root, 'tests/oracle/metadata.py'), ...args], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** All that exifr finds. */
const read = (bytes) => exifr.parse(bytes, { tiff: true, ifd0: true, ifd1: true, exif: true, gps: true, interop: true, makerNote: true, userComment: true, xmp: true, iptc: true, icc: true, jfif: false, ihdr: false, mergeOutput: false, multiSegment: true, translateValues: false });

function segment(marker, ...parts) {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]), content]);
}

/** A photograph with a camera's name, a place, XMP, IPTC's fields, a comment, content credentials, and a film behind it. */
function photograph(orientation = 6) {
  const tiff = Buffer.alloc(120);
  tiff.write('II*\0\x08\0\0\0\x03\0', 'latin1');
  const entry = (at, tag, kind, count, value) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(kind, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  entry(10, 0x010f, 2, SECRET.length, 108);
  entry(22, 0x0112, 3, 1, orientation);
  entry(34, 0x8825, 4, 1, 50);
  tiff.writeUInt16LE(2, 50);
  entry(52, 1, 2, 2, 'N'.charCodeAt(0));
  entry(64, 2, 5, 3, 84);
  [52, 1, 31, 1, 12, 1].forEach((value, i) => tiff.writeUInt32LE(value, 84 + 4 * i));
  tiff.write(SECRET, 108);
  const iptc = Buffer.concat([Buffer.from([0x1c, 2, 116, 0, SECRET.length]), Buffer.from(SECRET)]);
  const resource = Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0', 'latin1'), Buffer.from([iptc.length]), iptc, Buffer.alloc(iptc.length & 1)]);
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${SECRET}"/></rdf:RDF></x:xmpmeta>`;
  const jpeg = readFileSync(harbour);
  return Buffer.concat([
    jpeg.subarray(0, 20),
    segment(0xe1, 'Exif\0\0', tiff),
    segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', xmp),
    segment(0xed, resource),
    segment(0xeb, 'JP\0\x01\0\0\0\x01\0\0\0\x30jumb\0\0\0\x28jumdc2pa', SECRET),
    segment(0xfe, SECRET),
    jpeg.subarray(20),
    Buffer.from(`\0\0\0\x18ftypmp42${SECRET}`),
  ]);
}

test('what exifr finds in a photograph, it finds no more, but for the orientation', async () => {
  const bytes = photograph();
  const before = await read(bytes);
  assert.equal(before.ifd0.Make, SECRET);
  assert.deepEqual(before.gps.GPSLatitude, [52, 31, 12]);
  assert.ok(JSON.stringify(before.xmp ?? before.dc).includes(SECRET) && JSON.stringify(before.iptc).includes(SECRET));

  const { file, removed, kept } = await tool.strip(bytes);
  assert.deepEqual(kindsOf(removed), ['exif', 'location', 'xmp', 'iptc', 'comment', 'c2pa', 'trailing']);
  assert.deepEqual(kept, ['orientation']);
  assert.deepEqual(await read(file), { ifd0: { Orientation: 6 } });
  assert.equal(file.length, readFileSync(harbour).length + 36);
  assert.ok(!Buffer.from(file).includes(SECRET));
  assert.deepEqual((await tool.scan(file)).found, []);

  const upright = await tool.strip(photograph(1));
  assert.deepEqual(Buffer.from(upright.file), readFileSync(harbour));
  assert.equal(await read(upright.file), undefined);
});

test('pictures that Pillow wrote show the same, and Pillow and exifr find nothing more in them', async (t) => {
  if (!existsSync(python)) return t.skip('the Python of the oracle is not there');
  const [written, clean] = ['written', 'clean'].map((name) => join(folder, name));
  [written, clean].forEach((name) => mkdirSync(name));
  pillow('write', written);
  const names = readdirSync(written);
  assert.ok(names.length >= 40);
  const reports = new Map();
  for (const name of names) {
    const bytes = readFileSync(join(written, name));
    const { file, removed, kept } = await tool.strip(bytes);
    assert.ok(removed.length > 0, name);
    assert.ok(!Buffer.from(file).includes(SECRET) && !Buffer.from(file).includes('xmpmeta'), name);
    reports.set(name, { kinds: kindsOf(removed), kept });
    writeFileSync(join(clean, name), file);
    if (/\.(jpg|png)$/.test(name)) {
      const { ifd0, icc, ...others } = (await read(file)) ?? {};
      const orientation = Number(/-(\d)/.exec(name)[1]);
      assert.deepEqual(ifd0, orientation === 1 ? undefined : { Orientation: orientation }, name);
      assert.deepEqual(icc, (await read(bytes)).icc, name);
      assert.deepEqual(others, {}, name);
    }
  }
  assert.deepEqual(reports.get('baseline-1.jpg'), { kinds: ['exif', 'location', 'xmp', 'comment'], kept: ['colour-profile'] });
  assert.deepEqual(reports.get('pictures-3.jpg'), { kinds: ['exif', 'location', 'mpf'], kept: ['orientation'] });
  assert.deepEqual(reports.get('still-6.png'), { kinds: ['exif', 'location', 'xmp', 'text'], kept: ['orientation', 'colour-profile'] });
  assert.deepEqual(reports.get('lossy-8.webp'), { kinds: ['exif', 'location', 'xmp'], kept: ['orientation', 'colour-profile'] });

  const [before, after] = [written, clean].map((place) => pillow('read', ...names.map((name) => join(place, name))));
  for (const [i, name] of names.entries()) {
    const orientation = /-(\d)/.exec(name)?.[1] ?? '1';
    const { tags, places, keys, ...shown } = after[i];
    const { tags: _, places: __, keys: ___, ...expected } = before[i];
    assert.deepEqual(shown, expected, name);
    assert.deepEqual(tags, orientation === '1' ? {} : { 274: orientation }, name);
    assert.deepEqual(places, { gps: false, exif: false, thumbnail: false }, name);
    const told = keys.filter((key) => ['comment', 'xmp', 'mp', 'Author', 'Comment', 'Description', 'photoshop'].includes(key) || key.includes(':'));
    assert.deepEqual(told, [], name);
  }
});

test('a picture without metadata is the same object; a file keeps its name, type and time', async () => {
  const bytes = readFileSync(harbour);
  assert.equal((await tool.strip(bytes)).file, bytes);
  const plain = new File([bytes], 'a.jpg', { type: 'image/jpeg', lastModified: 5 });
  const same = await tool.strip(plain);
  assert.equal(same.file, plain);
  assert.deepEqual([same.removed, same.kept], [[], []]);

  const file = new File([photograph()], 'holiday.jpg', { type: 'image/jpeg', lastModified: 1234 });
  const { file: without } = await tool.strip(file);
  assert.ok(without instanceof File && without !== file);
  assert.deepEqual([without.name, without.type, without.lastModified], ['holiday.jpg', 'image/jpeg', 1234]);
  const blob = (await tool.strip(new Blob([photograph()], { type: 'image/jpeg' }))).file;
  assert.ok(blob instanceof Blob && !(blob instanceof File) && blob.type === 'image/jpeg');
  assert.deepEqual(await blob.arrayBuffer(), await without.arrayBuffer());
  const padded = new Uint8Array([1, 2, ...photograph(), 3]);
  const view = (await tool.strip(padded.subarray(2, padded.length - 1))).file;
  assert.deepEqual(Buffer.from(view), Buffer.from(await without.arrayBuffer()));
  assert.equal((await tool.scan(new Uint8Array(photograph()).buffer)).format, 'jpeg');
});

test('what is damaged or not known is refused, and left as it was', async () => {
  const bytes = photograph();
  const untouched = Buffer.from(bytes);
  const refusal = (code) => (error) => error instanceof MetadataError && error.code === code && error.message === code;
  const end = bytes.length - 40;
  for (const at of [3, 30, 200, 1000, end]) {
    await assert.rejects(tool.strip(bytes.subarray(0, at)), refusal('metadata/damaged'));
  }
  assert.deepEqual(bytes, untouched);
  const png = Buffer.from(seed('colours.png'));
  png[40] ^= 1;
  await assert.rejects(tool.strip(png), refusal('metadata/damaged'));
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
  for (const other of [heic, seed('colours.bmp'), Buffer.from('text'), Buffer.alloc(0)]) {
    await assert.rejects(tool.scan(other), refusal('metadata/unsupported-format'));
  }
  await assert.rejects(tool.strip(new Blob([new Uint8Array((64 << 20) + 1)])), refusal('metadata/too-large'));
  const hidden = Buffer.concat([readFileSync(harbour).subarray(0, -2), Buffer.from('<x:xmpmeta'), Buffer.from([0xff, 0xd9])]);
  await assert.rejects(tool.strip(hidden), refusal('metadata/left-over'));
  await assert.rejects(tool.strip('a.jpg'), TypeError);
});

test('an aborted signal, a missing module, and a tool that is disposed of', async () => {
  const reason = new Error('enough');
  await assert.rejects(tool.scan(readFileSync(harbour), { signal: AbortSignal.abort(reason) }), reason);
  await assert.rejects(createMetadataTool({ signal: AbortSignal.abort(reason) }), reason);
  await assert.rejects(createMetadataTool({ assets: { wasm: join(folder, 'none/') } }), { code: 'assets/wasm-unreachable' });
  writeFileSync(join(folder, 'metadata.wasm'), 'no module');
  await assert.rejects(createMetadataTool({ assets: { wasm: `${folder}/` } }), { code: 'assets/wasm-invalid' });
  const own = await createMetadataTool();
  own.dispose();
  await assert.rejects(own.strip(readFileSync(harbour)), { code: 'metadata/disposed' });
});

test('the command writes a picture without metadata and says what that was', async () => {
  const [picture, out] = ['holiday.jpg', 'clean.jpg'].map((name) => join(folder, name));
  writeFileSync(picture, photograph());
  const run = (...args) => spawnSync(process.execPath, [join(dist, 'cli.js'), 'strip', ...args], { encoding: 'utf8' });
  const { status, stdout } = run(picture, '-o', out);
  assert.equal(status, 0);
  assert.match(stdout, /written without metadata to .*\n {2}removed {2}exif {11}\d+ bytes\n {2}removed {2}location /);
  assert.match(stdout, /kept {5}orientation\n {2}Content credentials, which say where it comes from, were removed\.\n$/);
  assert.deepEqual(readFileSync(out), Buffer.from((await tool.strip(photograph())).file));

  const again = run('--json', out, '-o', join(folder, 'again.jpg'));
  assert.deepEqual([again.status, JSON.parse(again.stdout)], [0, { file: out, output: join(folder, 'again.jpg'), removed: [], kept: ['orientation'], error: null }]);
  assert.deepEqual(readFileSync(join(folder, 'again.jpg')), readFileSync(out));

  // Nothing is written over, and the picture itself not even by force, whatever it is called.
  assert.equal(run(picture, '-o', out).status, 64);
  assert.equal(run(picture, '-o', out, '--force').status, 0);
  symlinkSync(picture, join(folder, 'link.jpg'));
  for (const name of [picture, join(folder, 'link.jpg')]) assert.equal(run(picture, '-o', name, '--force').status, 64);
  assert.deepEqual(readFileSync(picture), photograph());

  const broken = join(folder, 'broken.jpg');
  writeFileSync(broken, photograph().subarray(0, 1000));
  const refused = run('--json', broken, '-o', join(folder, 'none.jpg'));
  assert.deepEqual([refused.status, JSON.parse(refused.stdout)], [2, { file: broken, output: null, removed: null, kept: null, error: 'metadata/damaged' }]);
  assert.ok(!existsSync(join(folder, 'none.jpg')));
  assert.equal(run(join(folder, 'missing.jpg'), '-o', join(folder, 'none.jpg')).status, 2);
  for (const wrong of [[], [picture], [picture, picture, '-o', join(folder, 'none.jpg')]]) assert.equal(run(...wrong).status, 64);
});
