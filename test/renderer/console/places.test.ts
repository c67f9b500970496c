import { createMemoryHistory } from '@tanstack/react-router';
import { describe, expect, test } from 'vitest';
import { makeRouter } from '#renderer/console/router.ts';
import { destinations, furtherPlaces } from '#renderer/console/shell/navigation.ts';
import { meantPlaces, namedPlaces, usualPlaces } from '#renderer/console/shell/palette-items.ts';

const router = makeRouter(createMemoryHistory());
const everyPlace = [...new Set([...destinations, ...furtherPlaces, ...usualPlaces].map(({ to }) => to))];

describe('the places of the console', () => {
  test.each(everyPlace)('%s is a screen', (to) => {
    const matches = router.matchRoutes(to, {});

    expect(matches.at(-1)?.routeId.replace(/\/$/u, '')).toBe(to.replace(/\/$/u, '') === '' ? '' : to);
  });

  test('no shortcut leads to two places', () => {
    const shortcuts = destinations.map(({ shortcut }) => shortcut);

    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });
});

describe('the command palette', () => {
  test('finds a place by the beginning of any word of its name', () => {
    expect(namedPlaces('cert').map(({ label }) => label)).toEqual(['Address and certificate']);
  });

  test('finds an action by what people call it', () => {
    expect(meantPlaces('csv').map(({ label }) => label)).toEqual(['Import people or tickets']);
  });

  test('names nothing twice', () => {
    const named = namedPlaces('phone').map(({ id }) => id);
    const meant = meantPlaces('phone').map(({ id }) => id);

    expect(named.filter((id) => meant.includes(id))).toEqual([]);
  });
});
