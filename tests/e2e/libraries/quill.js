// Quill with its toolbar's button for pictures, and pictures that are pasted or dropped.
import Quill from 'quill';
import { ready, upload } from './start.js';

const quill = new Quill('#app', {
  modules: { toolbar: ['image'], uploader: { handler: (_, files) => void upload(files) } },
  theme: 'snow',
});
window.editor = quill.root;
ready();
