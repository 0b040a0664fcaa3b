// Put before the worker's script by tests of what the page does with verdicts: a benign picture's width picks the verdict
// that the worker then gives in place of its own. No picture that would earn these is ever needed.
{
  const FORCED = {
    101: { action: 'notice', reasons: ['suggestive'] },
    102: { action: 'warn', reasons: ['explicit', 'suggestive'] },
    103: { action: 'block', reasons: ['explicit'] },
    104: { action: 'unchecked', reasons: ['damaged'], scores: null, fallback: 'block' },
    105: { action: 'unchecked', reasons: ['deadline'], scores: null, fallback: 'warn' },
    106: { action: 'unchecked', reasons: ['deadline'], scores: null, fallback: 'allow' },
  };
  const post = globalThis.postMessage;
  globalThis.postMessage = (message, transfer) => {
    if (message.type === 'verdict') Object.assign(message.verdict, FORCED[message.verdict.looked?.width]);
    post.call(globalThis, message, transfer);
  };
}
