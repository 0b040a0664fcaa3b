/** What the pages of the site are called in each other's headers. */
export const PAGES = {
  label: 'Pages',
  messenger: 'Messenger',
  playground: 'Playground',
  guardian: 'Guardian page',
} as const;
