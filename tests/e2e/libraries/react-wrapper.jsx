// The package's own component and hook, in strict mode, which mounts everything twice.
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { PausepointImage, PausepointProvider, usePausepoint } from './pausepoint/react.js';

const given = [];
const decisions = [];
const withheld = await (await fetch('withheld.jpg')).blob();

function App({ onCount }) {
  const pausepoint = usePausepoint();
  window.pausepoint = pausepoint;
  const [file, setFile] = useState();
  const onChange = (event) => given.push(...[...event.target.files].map(({ name }) => name));
  return (
    <>
      <input id="input" type="file" multiple onChange={onChange} />
      <button id="come" onClick={() => setFile(withheld)}>Something comes</button>
      <button id="count" onClick={onCount}>Again</button>
      <PausepointImage file={file} alt="what came" className="came" peer="p1" />
    </>
  );
}

function Page() {
  const [count, setCount] = useState(0);
  return (
    <PausepointProvider ageBand="13-15" model="small" onDecision={(decision) => decisions.push([count, decision.passed, decision.withheld])}>
      <App onCount={() => setCount(count + 1)} />
    </PausepointProvider>
  );
}

const root = createRoot(document.querySelector('#app'));
root.render(<StrictMode><Page /></StrictMode>);
Object.assign(window, { given, decisions, withheld, end: () => root.unmount() });
window.ready = true;
