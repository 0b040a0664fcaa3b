// Svelte: files that are bound to a component's state.
import { mount } from 'svelte';
import Chosen from './Chosen.svelte';
import { ready } from './start.js';

mount(Chosen, { target: document.querySelector('#app') });
ready();
