/** Takes files that are dropped or pasted anywhere on the page. They come here only once `protect` has let them through. */
export function startBringing(onFiles: (files: readonly File[], target: EventTarget | null) => void): void {
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    hand([...(event.dataTransfer?.files ?? [])], event.target);
  });
  document.addEventListener('paste', ({ clipboardData, target }) => hand([...(clipboardData?.files ?? [])], target));

  function hand(files: readonly File[], target: EventTarget | null): void {
    if (files.length > 0) onFiles(files, target);
  }
}
