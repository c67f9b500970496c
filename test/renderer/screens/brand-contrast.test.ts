import { describe, expect, test } from 'vitest';
import { contrastOf, contrastRatio, ratioLabel } from '#renderer/console/screens/portal/contrast.ts';

describe('the contrast of a brand colour', () => {
  test('black on white is 21:1 and a colour on itself is 1:1', () => {
    expect(ratioLabel(contrastRatio('#000000', '#FFFFFF'))).toBe('21.0:1');
    expect(ratioLabel(contrastRatio('#0B5D5B', '#0B5D5B'))).toBe('1.0:1');
  });

  test('a dark accent reads as a link and takes white text on a button', () => {
    expect(contrastOf('#0B5D5B')).toMatchObject({ isReadable: true, textOnButton: '#FFFFFF', suggestion: null });
  });

  test('a pale accent is refused as a link, and the shade offered instead reads', () => {
    const report = contrastOf('#F5C518');

    expect(report).toMatchObject({ isReadable: false, textOnButton: '#1C2024' });
    expect(contrastRatio(report.suggestion ?? '#FFFFFF', '#FFFFFF')).toBeGreaterThanOrEqual(4.5);
  });

  test('a ratio just under the limit is not rounded up to it', () => {
    expect(ratioLabel(4.499)).toBe('4.4:1');
  });
});
