const WIDTH = 960;
const HEIGHT = 720;

/** Draws a landscape at dusk: an example that needs neither a file nor the network. */
export async function examplePicture(): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');

  gradient(context, 0, 470, ['#27467a', '#6a6fa8', '#e2a48c', '#f8dcae']);
  disc(context, 640, 372, 130, '#fbe6bf55');
  disc(context, 640, 372, 62, '#fdf1d6');
  ridge(context, '#7d7fae', (x) => 380 + 46 * Math.sin(x / 131) + 22 * Math.sin(x / 47 + 2));
  ridge(context, '#545f8e', (x) => 428 + 34 * Math.sin(x / 97 + 4) + 14 * Math.sin(x / 31));
  ridge(context, '#344a70', (x) => 462 + 20 * Math.sin(x / 163 + 1) + 6 * Math.sin(x / 23));
  gradient(context, 500, HEIGHT, ['#c9a48f', '#5d7396', '#263d63']);
  glitter(context);
  for (const [x, size] of [[92, 210], [170, 150], [838, 190], [905, 240]] as const) spruce(context, x, 706, size);
  ridge(context, '#16263f', (x) => 690 + 10 * Math.sin(x / 71));

  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png');
  });
}

type Context = CanvasRenderingContext2D;

function gradient(context: Context, top: number, bottom: number, colours: string[]): void {
  const fill = context.createLinearGradient(0, top, 0, bottom);
  colours.forEach((colour, index) => fill.addColorStop(index / (colours.length - 1), colour));
  context.fillStyle = fill;
  context.fillRect(0, top, WIDTH, bottom - top);
}

function disc(context: Context, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function ridge(context: Context, colour: string, height: (x: number) => number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(0, HEIGHT);
  for (let x = 0; x <= WIDTH; x += 4) context.lineTo(x, height(x));
  context.lineTo(WIDTH, HEIGHT);
  context.fill();
}

function glitter(context: Context): void {
  context.fillStyle = '#fbe6bf66';
  for (let row = 0; row < 24; row += 1) {
    // Wider and sparser towards the viewer, and never twice the same; a fixed pattern, so that the picture is, too.
    const width = 34 + row * 5 + 26 * Math.sin(row * 2.7);
    context.fillRect(640 - width / 2 + 18 * Math.sin(row * 5.1), 508 + row * 7, width, 2);
  }
}

function spruce(context: Context, x: number, foot: number, height: number): void {
  context.fillStyle = '#16263f';
  for (let tier = 0; tier < 4; tier += 1) {
    const top = foot - height + (tier * height) / 5;
    const half = (height / 9) * (1 + tier * 0.55);
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x + half, top + height / 2.4);
    context.lineTo(x - half, top + height / 2.4);
    context.fill();
  }
}
