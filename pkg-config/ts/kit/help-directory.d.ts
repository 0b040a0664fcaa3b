// packs/help/directory.json has no types of its own; its schema and a test keep it to these.

declare module '*/packs/help/directory.json' {
  const directory: import('./directory.js').HelpDirectory;
  export default directory;
}
