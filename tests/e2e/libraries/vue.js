// Vue: a component whose state is what was chosen.
import { createApp, h, ref } from 'vue';
import { ready, upload } from './start.js';

createApp({
  setup() {
    const chosen = ref([]);
    const onChange = (event) => {
      chosen.value = [...event.target.files];
      void upload(chosen.value);
    };
    return () => [h('input', { id: 'input', type: 'file', multiple: true, onChange }), h('output', chosen.value.map(({ name }) => name).join())];
  },
}).mount('#app');
ready();
