// What is measured in Chromium, and in which order.
import { setTimeout as sleep } from 'node:timers/promises';

import { open, openBlank, withProfile } from './browser.mjs';
import { wasmMemory } from '../tests/support/wasm-memory.mjs';
import { peakResident } from './memory.mjs';
import { roofline } from './roofline.mjs';
import { LARGE } from './site.mjs';
import { median } from './statistics.mjs';
import { CHOSEN_PAGE, CONVERTED, REFERENCE } from './subjects.mjs';

/** So long a page stays open for Chromium to write down its compiled code. */
const IDLE_MS = 5000;
/**
 * By itself Chromium may wait for more optimised WebAssembly than any of these modules has before it keeps it; so it
 * keeps what there is.
 */
const KEEP_WASM = ['--js-flags=--wasm-caching-timeout-ms=0'];
/** The converted model may differ from the published one by rounding only. */
const MOST_DIFFERENCE = 0.01;
/** Of slow subjects, so many photographs are enough. */
const FEW = 4;
const CHECKPOINTS = { full: [100, 1000, 10_000], quick: [100, 500] };

const progress = (text) => console.log(`  ${text}`);

/**
 * Measures every subject.
 *
 * @param {object} options
 * @param {string} options.url - where the site is
 * @param {string[]} options.photographs - files
 * @param {(context: import('playwright-core').BrowserContext) => Promise<string[]>} options.paint - makes the rest of
 *   the pictures and gives those of the network's size
 * @param {() => string[]} options.takeRequests - the requests since it was last called
 */
export async function measureAll({ url, subjects, photographs, paint, takeRequests, quick }) {
  const results = Object.fromEntries(subjects.map(({ id, label, own, model }) => [id, { label, own, model }]));
  // Chromium keeps a script's compiled code at the second visit, so that there are no fewer to warm up.
  const effort = quick ? { warming: 2, cold: 3, rounds: 2, large: 2, pauses: 1 } : { warming: 3, cold: 9, rounds: 8, large: 6, pauses: 3 };
  const inputs = await withProfile(paint);
  const blank = await withProfile(async (context) => {
    await openBlank(context, url);
    return peakResident(context);
  });
  const memoryOver = async (context) => {
    const resident = await peakResident(context);
    return resident === null ? null : resident - blank;
  };
  const chosen = await withProfile(async (context) => (await open(context, `${url}${CHOSEN_PAGE}`)).evaluate(() => window.build));
  const able = await firstVisits({ url, subjects, results, photographs, takeRequests, memoryOver });
  const main = await withProfile(async (context) => {
    const times = await coldStarts(context, { url, subjects: able, photographs, effort });
    for (const { id } of able) results[id].coldStart = times.get(id);
    const rates = await speeds(context, { url, subjects: able, results, photographs, inputs, effort });
    return { chromium: context.browser().version(), roofline: rates };
  });
  const fast = able.filter(({ slow }) => !slow);
  const kept = await withProfile((context) => coldStarts(context, { url, subjects: fast, photographs, effort }), KEEP_WASM);
  for (const { id } of fast) results[id].coldStartKept = kept.get(id);
  const many = await manyPictures({ subject: able.find(({ id }) => id === `pausepoint-mid-${chosen}`), url, inputs, checkpoints: quick ? CHECKPOINTS.quick : CHECKPOINTS.full, memoryOver });
  return { ...main, results, many, chosen };
}

/**
 * Each subject in a browser of its own, with nothing cached: what it fetches, and the most memory that it takes over
 * that of a blank page. Gives the subjects that this machine can run.
 */
async function firstVisits({ url, subjects, results, photographs, takeRequests, memoryOver }) {
  const able = [];
  for (const subject of subjects) {
    const result = results[subject.id];
    takeRequests();
    try {
      await withProfile(async (context) => {
        const page = await open(context, url + subject.page);
        result.fetched = takeRequests();
        await page.evaluate((p) => window.subject.times(p, 'file'), [...(subject.slow ? [] : photographs), LARGE]);
        result.memory = await memoryOver(context);
      });
    } catch (error) {
      if (!subject.optional) throw new Error(`${subject.label} failed on its first visit`, { cause: error });
      result.unable = error.message.split('\n')[0];
      progress(`${subject.label} is left out: ${result.unable}`);
      continue;
    }
    able.push(subject);
    progress(`first visit of ${subject.label}`);
  }
  return able;
}

/**
 * Fresh pages of a profile that has been here before: files and compiled code come from the browser's own caches. Gives
 * the times of each.
 */
async function coldStarts(context, { url, subjects, photographs, effort }) {
  for (let visit = 0; visit < effort.warming; visit++) {
    const pages = [];
    for (const subject of subjects) {
      const page = await open(context, url + subject.page);
      // Used, so that the optimising compiler has something to keep.
      if (!subject.slow) await page.evaluate((p) => window.subject.times(p, 'file'), photographs);
      pages.push(page);
    }
    await sleep(IDLE_MS);
    for (const page of pages) await page.close();
    progress(`warming visit ${visit + 1} of ${effort.warming}`);
  }
  const times = new Map(subjects.map(({ id }) => [id, []]));
  for (let round = 0; round < effort.cold; round++) {
    for (const { id, page: path, slow } of subjects) {
      if (slow && round > 0) continue;
      const page = await open(context, url + path);
      times.get(id).push(await page.evaluate(() => window.subject.firstVerdict));
      await page.close();
    }
    progress(`cold start ${round + 1} of ${effort.cold}`);
  }
  return times;
}

/**
 * The slow subjects one after the other, then the others side by side: pages that are open slow each other down. Gives
 * the roofline's rates.
 */
async function speeds(context, { url, subjects, results, photographs, inputs, effort }) {
  const pages = await opened(context, url, subjects.filter(({ slow }) => !slow));
  const measured = { url, results, photographs, inputs, reference: await probabilities(pages.get(REFERENCE), inputs) };
  for (const page of pages.values()) await page.close();
  for (const subject of subjects.filter(({ slow }) => slow)) {
    const alone = { rounds: 1, large: 1, pauses: 1 };
    await sideBySide(context, { ...measured, subjects: [subject], photographs: photographs.slice(0, FEW), inputs: inputs.slice(0, FEW), effort: alone });
    progress(subject.label);
  }
  return sideBySide(context, { ...measured, subjects: subjects.filter(({ slow }) => !slow), effort, roofs: true });
}

/** Subjects take turns, so that a machine whose speed drifts hits all alike. */
async function sideBySide(context, { url, subjects, results, photographs, inputs, reference, effort, roofs = false }) {
  const pages = await opened(context, url, subjects);
  const blank = await openBlank(context, url);
  const lists = (name) => new Map(subjects.map(({ id }) => [id, (results[id][name] = [])]));
  const [photograph, network, large, pauses] = ['photograph', 'network', 'large', 'pauses'].map(lists);
  for (const { id, model } of subjects) {
    const page = await inFront(pages.get(id), photographs);
    if (model === 'mid' && id !== REFERENCE) results[id].worstDifference = await difference(page, id, inputs, reference);
  }
  const rates = {};
  for (let round = 0; round < effort.rounds; round++) {
    for (const { id } of subjects) {
      const page = await inFront(pages.get(id), photographs);
      photograph.get(id).push(...(await times(page, photographs, 'file')));
      network.get(id).push(...(await times(page, inputs, 'pixels')));
    }
    if (!roofs) continue;
    await blank.bringToFront();
    for (const [name, list] of Object.entries(await roofline(blank, 9))) (rates[name] ??= []).push(...list);
    progress(`round ${round + 1} of ${effort.rounds}`);
  }
  for (let round = 0; round < effort.large; round++) {
    for (const { id } of subjects) large.get(id).push(...(await times(await inFront(pages.get(id), photographs), [LARGE], 'file')));
  }
  for (let round = 0; round < effort.pauses; round++) {
    for (const { id } of subjects) {
      const page = await inFront(pages.get(id), photographs);
      pauses.get(id).push(await page.evaluate((list) => window.subject.longestPause(list), [...photographs, LARGE]));
    }
  }
  for (const page of [...pages.values(), blank]) await page.close();
  return rates;
}

async function opened(context, url, subjects) {
  const pages = new Map();
  for (const { id, page } of subjects) pages.set(id, await open(context, url + page));
  return pages;
}

/** Pages behind others run at a lower priority, and for a few pictures after they came to the front. */
async function inFront(page, photographs) {
  await page.bringToFront();
  await times(page, photographs.slice(0, FEW), 'file');
  return page;
}

const times = (page, list, as) => page.evaluate(([l, a]) => window.subject.times(l, a), [list, as]);
const probabilities = (page, list) => page.evaluate((l) => window.subject.probabilities(l, 'pixels'), list);

/** How far the probabilities are from the reference's, on the same pixels. Stops when the peer runs another model. */
async function difference(page, id, inputs, reference) {
  const found = await probabilities(page, inputs);
  const worst = Math.max(...found.flatMap((list, i) => list.map((p, c) => Math.abs(p - reference[i][c]))));
  // Not a number compares as false.
  if (id === CONVERTED && !(worst <= MOST_DIFFERENCE)) throw new Error(`the ONNX model differs from the published one by ${worst}`);
  return worst;
}

/** One worker and very many pictures: the memory after so many, and how long the last hundred took. */
async function manyPictures({ subject, url, inputs, checkpoints, memoryOver }) {
  return withProfile(async (context) => {
    const page = await open(context, url + subject.page);
    const list = [];
    let times = [];
    for (let count = 100; count <= checkpoints.at(-1); count += 100) {
      const batch = Array.from({ length: 100 }, (_, i) => inputs[i % inputs.length]);
      times = await page.evaluate((p) => window.subject.times(p, 'file'), batch);
      if (!checkpoints.includes(count)) continue;
      list.push({ count, wasm: await wasmMemory(page), memory: await memoryOver(context), median: median(times) });
      progress(`${count} pictures in one worker`);
    }
    return { label: subject.label, checkpoints: list };
  });
}
