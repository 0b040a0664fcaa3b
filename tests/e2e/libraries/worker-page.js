// A page that a service worker answers for.
import { ready, upload } from './start.js';

await navigator.serviceWorker.register('sw.js');
if (navigator.serviceWorker.controller === null) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
document.querySelector('#app').innerHTML = '<input id="input" type="file" multiple>';
document.querySelector('#input').addEventListener('change', (event) => void upload([...event.target.files]));
ready();
