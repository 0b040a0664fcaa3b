// A controlled input, as React's own pages show it, and react-dropzone as its documentation does.
import { useCallback, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useDropzone } from 'react-dropzone';
import { ready, upload } from './start.js';

function Controlled() {
  const [files, setFiles] = useState([]);
  const onChange = (event) => setFiles([...event.target.files]);
  return (
    <p>
      <input id="controlled" type="file" multiple onChange={onChange} />
      <output id="chosen">{files.map(({ name }) => name).join()}</output>
      <button id="send" onClick={() => void upload(files)}>Send</button>
    </p>
  );
}

function Zone() {
  const onDrop = useCallback((accepted) => void upload(accepted), []);
  const { getRootProps, getInputProps, isDragActive } = useDropzone({ onDrop, accept: { 'image/*': [] } });
  return (
    <div {...getRootProps()} id="zone">
      <input {...getInputProps()} id="zone-input" />
      {isDragActive ? 'Drop here' : 'Drop or click'}
    </div>
  );
}

createRoot(document.querySelector('#app')).render(<><Controlled /><Zone /></>);
ready();
