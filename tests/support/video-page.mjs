// A page that draws scenes and makes videos of them: benign compositions of gradients, shapes and words.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { STRICT_CSP } from './browser.mjs';

/** The strict policy of the other tests, and what playing a file that the page holds takes. */
export const VIDEO_CSP = `${STRICT_CSP}; media-src blob:`;

const muxer = join(dirname(createRequire(import.meta.url).resolve('mediabunny')), 'mediabunny.min.mjs');

/** For a page's script: `draw`, `encode` and `record`. */
const SCENES = `
import { BufferTarget, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } from './mediabunny.min.mjs';

const canvasOf = (width, height) => Object.assign(document.createElement('canvas'), { width, height });

/** Scene number \`scene\`, the same at every size; \`still\` seconds in, as only a dot moves. Or one colour all over. */
function draw(context, scene, seconds = 0) {
  const { width, height } = context.canvas;
  if (typeof scene === 'string') {
    context.fillStyle = scene;
    context.fillRect(0, 0, width, height);
    return;
  }
  let state = 1 + scene * 7919;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < 9; i++) random();
  const hue = 360 * random();
  const gradient = context.createLinearGradient(0, 0, width * random(), height);
  gradient.addColorStop(0, \`hsl(\${hue} 60% \${scene % 2 ? 20 : 75}%)\`);
  gradient.addColorStop(1, \`hsl(\${hue + 90} 70% \${scene % 2 ? 45 : 95}%)\`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  for (let i = 0; i < 28; i++) {
    context.fillStyle = \`hsl(\${360 * random()} 70% \${20 + 70 * random()}%)\`;
    const [x, y, size] = [width * random(), height * random(), (0.05 + 0.2 * random()) * height];
    context.beginPath();
    if (i % 2) context.ellipse(x, y, size, size / 2, 6 * random(), 0, 7);
    else context.rect(x, y, size, 2 * size * random());
    context.fill();
  }
  context.fillStyle = scene % 2 ? 'white' : 'black';
  context.font = \`\${height / 5}px sans-serif\`;
  context.fillText(\`scene \${scene}\`, width * 0.5 * random(), height * (0.3 + 0.6 * random()));
  context.beginPath();
  context.arc(width * ((seconds / 4) % 1), height / 2, height / 40, 0, 7);
  context.fill();
}

/** What is seen at each frame: \`cuts\` are pairs of a scene and how many seconds it lasts. */
function* framesOf(cuts, fps) {
  const length = cuts.reduce((sum, [, seconds]) => sum + seconds, 0);
  for (let frame = 0; frame < Math.round(length * fps); frame++) {
    let from = 0;
    const at = frame / fps;
    const [scene] = cuts.find(([, seconds]) => at < (from += seconds) - 1e-9);
    yield { at, scene };
  }
}

/** A file that says how long it is. */
window.encode = async (cuts, { width = 640, height = 360, fps = 30, bitrate = 2e6, rotation = 0 } = {}) => {
  const context = canvasOf(width, height).getContext('2d');
  const format = rotation === 0 ? new WebMOutputFormat() : new Mp4OutputFormat();
  const output = new Output({ format, target: new BufferTarget() });
  const source = new CanvasSource(context.canvas, { codec: rotation === 0 ? 'vp8' : 'vp9', bitrate, keyFrameInterval: 4 });
  output.addVideoTrack(source, { frameRate: fps, rotation });
  await output.start();
  for (const { at, scene } of framesOf(cuts, fps)) {
    draw(context, scene, at);
    await source.add(at, 1 / fps);
  }
  await output.finalize();
  return new Blob([output.target.buffer], { type: format.mimeType });
};

/** A file as browsers record it, in real time, which does not say how long it is. */
window.record = async (cuts, { width = 640, height = 360 } = {}) => {
  const context = canvasOf(width, height).getContext('2d');
  draw(context, cuts[0][0]);
  const stream = context.canvas.captureStream(30);
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 2e6 });
  const pieces = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const ended = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start(500);
  const start = performance.now();
  const length = cuts.reduce((sum, [, seconds]) => sum + seconds, 0);
  for (;;) {
    const at = (performance.now() - start) / 1000;
    if (at >= length) break;
    let from = 0;
    draw(context, cuts.find(([, seconds]) => at < (from += seconds))[0], at);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  recorder.stop();
  await ended;
  stream.getTracks().forEach((track) => track.stop());
  return new Blob(pieces, { type: 'video/webm' });
};

/** A scene as a picture file. */
window.still = (scene, { width = 640, height = 360 } = {}) => {
  const canvas = canvasOf(width, height);
  draw(canvas.getContext('2d'), scene);
  return new Promise((resolve) => canvas.toBlob(resolve));
};

/** Sound and no picture. */
window.sound = () => {
  const samples = 8000;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const text = (at, word) => [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF'), view.setUint32(4, 36 + samples, true), text(8, 'WAVEfmt '), view.setUint32(16, 16, true);
  view.setUint16(20, 1, true), view.setUint16(22, 1, true), view.setUint32(24, 8000, true);
  view.setUint32(28, 8000, true), view.setUint16(32, 1, true), view.setUint16(34, 8, true);
  text(36, 'data'), view.setUint32(40, samples, true);
  for (let i = 0; i < samples; i++) view.setUint8(44 + i, 128 + 40 * Math.sin(i / 3));
  return new Blob([view], { type: 'audio/wav' });
};

/** The longest time for which the page did nothing else meanwhile, in milliseconds, beside the result. */
window.timed = async (work) => {
  let [last, pause] = [performance.now(), 0];
  const beat = setInterval(() => ([last, pause] = [performance.now(), Math.max(pause, performance.now() - last)]), 5);
  const start = performance.now();
  const result = await work();
  clearInterval(beat);
  return { result, pause, seconds: (performance.now() - start) / 1000 };
};
`;

/** Files of a page whose script also has what it is given. */
export const videoPage = (script) => ({
  'index.html': '<!doctype html><title>videos</title><script type="module" src="page.js"></script>',
  'page.js': `${SCENES}\n${script}`,
  'mediabunny.min.mjs': readFileSync(muxer),
});
