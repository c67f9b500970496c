import type { Page } from 'playwright/test';

// What one sees of a page, as far as it can be measured.

/** What hides the place that has the focus, if anything does (WCAG 2.2, 2.4.11). */
export function hidesFocus(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return undefined;
    const { left, top, width, height } = activeElement.getBoundingClientRect();
    const above = document.elementFromPoint(left + width / 2, top + height / 2);
    const isSeen =
      above !== null && (activeElement.contains(above) || above.contains(activeElement) || above.closest('label')?.contains(activeElement) === true);
    return isSeen ? undefined : `${activeElement.outerHTML.slice(0, 80)} under ${above?.outerHTML.slice(0, 80) ?? 'nothing'}`;
  });
}

/** How far it scrolls sideways, which it must not. */
export function sticksOutBy(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Words of the page that stand in two lines, because they are too long for their place. */
export async function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const broken: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      if (node.parentElement?.closest('.visually-hidden, noscript') !== null) continue;
      for (const { index, 0: word } of (node.textContent ?? '').matchAll(/\p{L}+/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
      }
    }
    return broken;
  });
}
