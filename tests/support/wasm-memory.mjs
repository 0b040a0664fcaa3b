// How much WebAssembly memory a page has.

/** The size of all WebAssembly memories of a page and its workers, in bytes. They never shrink. */
export async function wasmMemory(page) {
  const session = await page.context().newCDPSession(page);
  const workers = [];
  const answers = new Map();
  session.on('Target.attachedToTarget', ({ sessionId }) => workers.push(sessionId));
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message);
    answers.get(id)?.(result);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });

  let sum = await memoriesOf((method, params) => session.send(method, params));
  let sent = 0;
  for (const sessionId of workers) {
    sum += await memoriesOf(async (method, params) => {
      const id = ++sent;
      const answer = new Promise((resolve) => answers.set(id, resolve));
      await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
      return answer;
    });
  }
  await session.detach();
  return sum;
}

async function memoriesOf(send) {
  const { result: prototype } = await send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' });
  const { objects } = await send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId });
  const { result } = await send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { return this.map((memory) => memory.buffer.byteLength).reduce((a, b) => a + b, 0); }',
    returnByValue: true,
  });
  return result.value;
}
