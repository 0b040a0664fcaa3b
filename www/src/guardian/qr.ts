import { encode } from 'uqr';

const SVG = 'http://www.w3.org/2000/svg';
/** Light modules around it, which readers need. */
const QUIET_ZONE = 4;

/** A QR code as a drawing: dark on light in every colour scheme, as many readers know no other. */
export function qrCode(text: string, label: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'qr');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const ground = document.createElementNS(SVG, 'path');
  ground.setAttribute('class', 'qr-ground');
  ground.setAttribute('d', `M0 0h${size}v${size}h-${size}z`);
  const modules = document.createElementNS(SVG, 'path');
  modules.setAttribute('class', 'qr-modules');
  modules.setAttribute('d', data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join(''));
  svg.append(ground, modules);
  return svg;
}
