// Tiptap with the handlers that its documentation names for pictures that are pasted or dropped.
import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { ready, upload } from './start.js';

const take = (files) => {
  if (files.length === 0) return false;
  void upload(files);
  return true;
};
const editor = new Editor({
  element: document.querySelector('#app'),
  extensions: [StarterKit],
  content: '<p>Write here</p>',
  editorProps: {
    handlePaste: (_, event) => take([...(event.clipboardData?.files ?? [])]),
    handleDrop: (_, event) => take([...(event.dataTransfer?.files ?? [])]),
  },
});
window.editor = editor.view.dom;
ready();
