// The report: JSON, a table, and plots.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { out, root } from './paths.mjs';
import { plot } from './plot.mjs';
import { comparisons } from './targets.mjs';

/** What is drawn: a name for the file, a title, a unit, and the value of a result. */
const PLOTS = [
  ['photograph', 'A photograph to its verdict, decoding included (median)', 'ms', (r) => r.photograph?.median],
  ['network', 'The network alone (median)', 'ms', (r) => r.network?.median],
  ['cold-start', 'Cold start to first verdict, files cached (median)', 'ms', (r) => r.coldStart?.median],
  ['large', 'A 12-megapixel JPEG to its verdict (median)', 'ms', (r) => r.large?.median],
  ['memory', 'Peak memory of the page', 'MB', (r) => megabytes(r.memory)],
  ['wire', 'Over the wire, brotli, model included', 'MB', (r) => megabytes(r.wire)],
];

/** Writes `target/bench/latest.*`, and after a full run the dated record. */
export function writeReport(report) {
  const text = table(report);
  const targets = [join(out, 'latest')];
  if (!report.quick) targets.push(join(root, 'benches/record', report.date));
  for (const target of targets) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.json`, `${JSON.stringify(report, null, 2)}\n`);
    writeFileSync(`${target}.md`, text);
    for (const [name, title, unit, value] of PLOTS) {
      const bars = Object.values({ ...report.results, ...report.elsewhere })
        .map((r) => ({ label: r.label, own: r.own, value: value(r) }))
        .filter((bar) => bar.value != null);
      if (bars.length > 0) writeFileSync(`${target}-${name}.svg`, plot(title, unit, bars));
    }
  }
  console.log(`\n${text}`);
}

const ms = (value) => value?.toFixed(1) ?? '–';
const megabytes = (bytes) => (bytes == null ? undefined : bytes / 1e6);
const mb = (bytes, digits) => megabytes(bytes)?.toFixed(digits) ?? '–';
const row = (...cells) => `| ${cells.join(' | ')} |`;

function table(report) {
  const { date, machine, chromium, node, quick, results, elsewhere, roofline, many, missing } = report;
  const rows = Object.values({ ...results, ...elsewhere }).map((r) => row(
    r.label, ms(r.photograph?.median), ms(r.photograph?.p95), ms(r.network?.median), ms(r.coldStart?.median), ms(r.coldStartKept?.median),
    ms(r.large?.median), ms(r.longestPause), mb(r.memory, 0), mb(r.wire, 2), r.worstDifference?.toFixed(4) ?? '–',
  ));
  const leftOut = [
    ...missing.map(({ label, needs }) => `- ${label} is left out: there is no \`${needs}\`.`),
    ...Object.values(results).filter((r) => r.unable).map((r) => `- ${r.label} could not be run here: ${r.unable}`),
  ];
  return `# Benchmark of ${date}${quick ? ' (quick)' : ''}

Chromium ${chromium}, Node ${node}, ${machine.processor}, ${machine.cores} cores. Times in milliseconds, memory and transfer
in MB (10⁶ bytes). Compare within this run only; benches/README.md says what each column is.

| | photograph, median | p95 | network alone | cold start | cold start, optimised code kept | 12 megapixels | longest pause of the page | peak memory | over the wire, brotli | worst difference |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
${leftOut.length > 0 ? `\n${leftOut.join('\n')}\n` : ''}
| against the target | measured | target | |
| --- | --- | --- | --- |
${comparisons(report).map((cells) => row(...cells)).join('\n')}

| roofline: one thread, registers only | multiply-adds a second | ${ownOnes(report).map(({ label }) => `${label} reaches`).join(' | ')} |
| --- | --- | ${ownOnes(report).map(() => '---').join(' | ')} |
${Object.entries(roofline).map(([name, rate]) => row(`\`${name}\``, `${(rate / 1e9).toFixed(1)} G`, ...ownOnes(report).map((r) => share(report, r, rate)))).join('\n')}

| ${many.label}, one worker, after | WebAssembly memory | peak memory of the page | last hundred, median |
| --- | --- | --- | --- |
${many.checkpoints.map((c) => row(`${c.count.toLocaleString('en')} pictures`, `${mb(c.wasm, 1)} MB`, `${mb(c.memory, 0)} MB`, `${ms(c.median)} ms`)).join('\n')}
`;
}

/** Ours with the model whose multiply-adds are counted. */
const ownOnes = ({ results }) => Object.values(results).filter((r) => r.own && r.model === 'mid');

const share = ({ multiplyAdds }, { network }, rate) => `${((multiplyAdds / (network.median / 1e3) / rate) * 100).toFixed(0)} %`;
