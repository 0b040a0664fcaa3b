// A form that the browser itself sends, and one that the page's script sends by `submit()`.
import { ready } from './start.js';

document.querySelector('#app').innerHTML = `
  <form id="plain" method="post" enctype="multipart/form-data" action="upload"><input id="plain-input" type="file" name="file" multiple required><button>Send</button></form>
  <form id="scripted" method="post" enctype="multipart/form-data" action="upload"><input id="scripted-input" type="file" name="file" multiple></form>`;
ready();
