// Dropzone, which takes files by itself and sends them by itself.
import Dropzone from 'dropzone';
import { ready } from './start.js';

const zone = new Dropzone('#app', { url: 'upload', paramName: 'file', parallelUploads: 1, createImageThumbnails: false });
zone.on('addedfile', ({ name }) => window.given.push(name));
zone.hiddenFileInput.id = 'zone-input';
ready();
