import type { Page, Request } from 'playwright/test';

/** How long nothing may be drawn until a screen counts as finished, in milliseconds. */
const quiet = 120;
const givesUpAfter = 15_000;

/**
 * Watches a page from now on. The function that is returned waits until nothing is being asked for and nothing was drawn
 * for a moment. The streams of live news never end, so they don't count.
 */
export function watchUntilSettled(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  page.on('request', (request) => {
    if (!new URL(request.url()).pathname.endsWith('/events')) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));

  function nothingDrawn(): Promise<void> {
    return page.evaluate(
      (rest) =>
        new Promise<void>((resolve) => {
          let timer = setTimeout(done, rest);
          const watched = new MutationObserver(() => {
            clearTimeout(timer);
            timer = setTimeout(done, rest);
          });
          function done() {
            watched.disconnect();
            resolve();
          }
          watched.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        }),
      quiet,
    );
  }

  return async () => {
    const deadline = Date.now() + givesUpAfter;
    do {
      if (Date.now() > deadline) throw new Error(`The screen is never finished; still asked for: ${[...open].map((request) => request.url()).join(', ')}`);
      await nothingDrawn();
    } while (open.size > 0);
  };
}
