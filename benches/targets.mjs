// The project's targets, and whether a run reached them.

const RELAXED_DOT = 'i32x4.relaxed_dot_i8x16_i7x16_add_s';

/** Rows of text: what, measured, target, and whether it was reached. */
export function comparisons({ results, roofline, multiplyAdds, many, chosen }) {
  const relaxed = results['pausepoint-mid-relaxed'];
  const simd128 = results['pausepoint-mid-simd128'];
  // What a visitor with this browser and processor gets.
  const own = results[`pausepoint-mid-${chosen}`];
  const nsfwjs = results['nsfwjs-mid-wasm'];
  const onnxruntime = results['onnxruntime-mid-float'];

  const against = (what, found, target, reached) => [what, found, target, reached ? 'reached' : 'not reached'];
  /** How many times as long the peer takes. */
  const times = (what, subject, peer, target) => {
    if (!subject || !peer) return [what, '–', `${target} ×`, 'not measured'];
    const ratio = peer.photograph.median / subject.photograph.median;
    const alone = peer.network.median / subject.network.median;
    return against(what, `${ratio.toFixed(1)} × as long (network alone ${alone.toFixed(1)} ×)`, `${target} ×`, ratio >= target);
  };
  const most = (what, value, text, limit, limitText) => against(what, text, `≤ ${limitText}`, value <= limit);

  const start = nsfwjs.coldStart.median / own.coldStart.median;
  // Keeping code takes time too, so that the peer may be faster without.
  const kept = Math.min(nsfwjs.coldStart.median, nsfwjs.coldStartKept.median) / own.coldStartKept.median;
  const share = (multiplyAdds / (own.network.median / 1e3) / roofline[RELAXED_DOT]) * 100;
  const [first, ...later] = many.checkpoints;
  const grown = Math.max(...later.map(({ wasm }) => wasm - first.wasm));
  return [
    times('one picture, `mid`, relaxed: nsfwjs on tfjs-wasm takes', relaxed, nsfwjs, 5),
    times('one picture, `mid`, relaxed: onnxruntime-web, float, takes', relaxed, onnxruntime, 3.5),
    times('one picture, `mid`, simd128: nsfwjs on tfjs-wasm takes', simd128, nsfwjs, 2.5),
    times(`one picture, \`mid\`, the build that is chosen here (${chosen}): nsfwjs on tfjs-wasm takes`, own, nsfwjs, 5),
    times(`one picture, \`mid\`, the build that is chosen here (${chosen}): onnxruntime-web, float, takes`, own, onnxruntime, 3.5),
    against('cold start to first verdict: nsfwjs takes', `${start.toFixed(1)} × as long (optimised code kept ${kept.toFixed(1)} ×)`, '8 ×', start >= 8),
    most('over the wire, brotli, model included', own.wire, `${(own.wire / 1e6).toFixed(2)} MB`, 3.7e6, '3.7 MB'),
    most('over the wire, brotli, without model', own.wireWithoutModel, `${(own.wireWithoutModel / 1e3).toFixed(0)} KB`, 3e5, '300 KB'),
    most('12-megapixel JPEG to verdict', own.large.median, `${own.large.median.toFixed(0)} ms`, 300, '300 ms'),
    most('longest pause of the page while judging', own.longestPause, `${own.longestPause.toFixed(1)} ms`, 16, '16 ms'),
    most('worst difference from the float model, same pixels', own.worstDifference, own.worstDifference.toFixed(4), 0.03, '0.03'),
    most(`WebAssembly memory from ${first.count} pictures to ${later.at(-1).count.toLocaleString('en')}`, grown, `${(grown / 1e6).toFixed(1)} MB more`, 0, '0'),
    times(`next step: one picture, \`mid\`, the build that is chosen here (${chosen}): nsfwjs on tfjs-wasm takes`, own, nsfwjs, 8),
    against(`next step: share of the relaxed roofline, the build that is chosen here (${chosen})`, `${share.toFixed(0)} %`, '60 %', share >= 60),
  ];
}
