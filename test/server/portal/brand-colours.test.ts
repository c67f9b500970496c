import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accentColours, accentStyle, contrast } from '#server/portal/brand-colours.ts';

const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('contrast is what WCAG says it is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 2);
});

test('whatever the brand’s colour is, every text of it can be read, in light and in dark', () => {
  fc.assert(
    fc.property(anyColour, (accent) => {
      const { light, dark } = accentColours(accent);
      for (const ground of ['#ffffff', '#fbfaf8', light.soft]) expect(contrast(light.ink, ground)).toBeGreaterThanOrEqual(4.5);
      for (const ground of ['#141618', '#1b1e21', dark.soft]) expect(contrast(dark.ink, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(light.onFill, light.fill)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark.onFill, dark.fill)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 2000 },
  );
});

test('a brand that can be read keeps its very colour', () => {
  expect(accentColours('#0B5D5B').light).toMatchObject({ fill: '#0b5d5b', onFill: '#ffffff', ink: '#0b5d5b' });
  expect(accentColours('#FFD400').light).toMatchObject({ fill: '#ffd400', onFill: '#1c2024' });
});

test('the style holds colours and nothing that would be escaped in a page', () => {
  fc.assert(
    fc.property(anyColour, (accent) => {
      expect(accentStyle(accent)).toMatch(/^[\w:#;{}()@-]+$/u);
    }),
  );
});
