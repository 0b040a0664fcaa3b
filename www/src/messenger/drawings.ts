import { examplePicture } from '../example-picture.js';
import { type Taken, withExif } from './exif.js';

const WIDTH = 960;
const HEIGHT = 720;

type Context = CanvasRenderingContext2D;

/** The place, the camera and the time of the lighthouse are made up; the place is a public observatory. */
export const TAKEN: Taken = {
  make: 'Pretend',
  model: 'Camera One',
  at: '2026:10:04 16:20:05',
  latitude: [51, 28, 40, 'N'],
  longitude: [0, 0, 5, 'W'],
};

/** Pictures are drawn when they are first asked for, each once, so that the page starts without them. */
const drawn = new Map<string, Promise<File>>();

function once(name: string, make: () => Promise<Blob>): Promise<File> {
  let file = drawn.get(name);
  if (file === undefined) {
    file = make().then((blob) => new File([blob], name, { type: blob.type, lastModified: 1_790_000_000_000 }));
    drawn.set(name, file);
  }
  return file;
}

export const hills = (): Promise<File> => once('evening-hills.png', examplePicture);
export const kite = (): Promise<File> => once('kite.png', () => drawing(paintKite));
export const lighthouse = (): Promise<File> => once('lighthouse.jpg', async () => withExif(await drawing(paintLighthouse, 'image/jpeg'), TAKEN));
/** Stands in for a picture that the engine would ask about. */
export const pretendAsk = (): Promise<File> => once('pretend-asks.png', () => drawing(cutPaper(['#f3cfa2', '#e2a48c', '#b793ae', '#6d86a4'])));
/** Stands in for one that it would not let out at all. */
export const pretendStay = (): Promise<File> => once('pretend-stays.png', () => drawing(cutPaper(['#cfe3dd', '#82b5b0', '#4d7f8c', '#24395f'])));
/** A picture whose second half is missing: nothing can be said of it. */
export const torn = (): Promise<File> => once('torn.png', async () => {
  const whole = await drawing(paintKite);
  return whole.slice(0, Math.floor(whole.size / 3), 'image/png');
});

/** A canvas with the kite, some time into its flight; for videos. */
export function paintFlight(context: Context, seconds: number): void {
  context.save();
  context.scale(context.canvas.width / WIDTH, context.canvas.height / HEIGHT);
  paintKite(context, seconds);
  context.restore();
}

async function drawing(paint: (context: Context) => void, type = 'image/png'): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  paint(context);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), type, 0.86);
  });
}

function sky(context: Context, colours: readonly string[]): void {
  const fill = context.createLinearGradient(0, 0, 0, HEIGHT);
  colours.forEach((colour, index) => fill.addColorStop(index / (colours.length - 1), colour));
  context.fillStyle = fill;
  context.fillRect(0, 0, WIDTH, HEIGHT);
}

function shape(context: Context, colour: string, points: readonly (readonly [number, number])[]): void {
  context.fillStyle = colour;
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.fill();
}

function hill(context: Context, colour: string, height: (x: number) => number): void {
  const line = Array.from({ length: 121 }, (_, i) => [i * 8, height(i * 8)] as const);
  shape(context, colour, [[0, HEIGHT], ...line, [WIDTH, HEIGHT]]);
}

function paintKite(context: Context, seconds = 0): void {
  sky(context, ['#8fc0e0', '#cfe5ee', '#f6efdc']);
  const [x, y] = [560 + 60 * Math.sin(seconds * 1.4), 210 + 40 * Math.cos(seconds * 1.1)];
  shape(context, '#d9654a', [[x, y - 120], [x + 80, y], [x, y]]);
  shape(context, '#f0b64c', [[x, y - 120], [x - 80, y], [x, y]]);
  shape(context, '#2f6f73', [[x - 80, y], [x, y], [x, y + 150]]);
  shape(context, '#f6f0df', [[x + 80, y], [x, y], [x, y + 150]]);
  context.strokeStyle = '#47586a';
  context.lineWidth = 4;
  context.beginPath();
  context.moveTo(x, y + 150);
  context.bezierCurveTo(x - 60, y + 300, 320, 420, 250, 600);
  context.stroke();
  for (let bow = 0; bow < 4; bow += 1) {
    const [bx, by] = [x + 26 * Math.sin(bow * 2 + seconds * 3), y + 190 + bow * 44];
    shape(context, bow % 2 === 0 ? '#d9654a' : '#2f6f73', [[bx - 22, by - 12], [bx + 22, by + 12], [bx + 22, by - 12], [bx - 22, by + 12]]);
  }
  hill(context, '#8db48a', (at) => 580 + 30 * Math.sin(at / 160));
  hill(context, '#5c8f6c', (at) => 640 + 22 * Math.sin(at / 110 + 2));
}

function paintLighthouse(context: Context): void {
  sky(context, ['#2c4a73', '#7f8fb5', '#eec9a4']);
  shape(context, '#fdf1d655', [[488, 196], [960, 60], [960, 330]]);
  hill(context, '#3f6a86', (at) => 560 + 6 * Math.sin(at / 40));
  shape(context, '#f4efe4', [[420, 600], [448, 240], [528, 240], [556, 600]]);
  for (let band = 0; band < 3; band += 1) {
    const top = 300 + band * 110;
    const half = (y: number) => 40 + ((y - 240) * 28) / 360;
    shape(context, '#c4573f', [[488 - half(top), top], [488 + half(top), top], [488 + half(top + 54), top + 54], [488 - half(top + 54), top + 54]]);
  }
  shape(context, '#2b3a4c', [[436, 240], [540, 240], [530, 222], [446, 222]]);
  shape(context, '#fdf1d6', [[456, 222], [520, 222], [520, 172], [456, 172]]);
  shape(context, '#2b3a4c', [[444, 172], [532, 172], [488, 126]]);
  hill(context, '#24394f', (at) => 640 + 26 * Math.sin(at / 90) - 60 * Math.exp(-(((at - 480) / 190) ** 2)));
}

/** Layers of cut paper with a label that says what it is for. It shows nothing, and nobody. */
function cutPaper(colours: readonly string[]): (context: Context) => void {
  return (context) => {
    sky(context, ['#fbf6ea', '#f1e8d6']);
    colours.forEach((colour, layer) => {
      context.save();
      context.shadowColor = '#1b253055';
      context.shadowBlur = 26;
      context.shadowOffsetY = 10;
      hill(context, colour, (x) => 250 + layer * 120 + 56 * Math.sin(x / 150 + layer * 1.9) + 20 * Math.sin(x / 61 + layer));
      context.restore();
    });
    context.fillStyle = '#fffdf9';
    context.beginPath();
    context.roundRect(WIDTH / 2 - 190, 60, 380, 92, 46);
    context.fill();
    context.fillStyle = '#1b2530';
    context.font = '600 44px system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText('Pretend picture', WIDTH / 2, 108);
  };
}
