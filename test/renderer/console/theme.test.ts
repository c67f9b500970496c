import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import { expect, test } from 'vitest';
import { theme, variables } from '#renderer/console/theme.ts';

/** Mantine writes these into a style element, which our content security policy refuses; so they are a file. */
function variablesOfTheme(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const ours = defaultCssVariablesResolver(merged);
  const extra = variables(merged);
  const mantines = defaultCssVariablesResolver(DEFAULT_THEME);
  const css = (['variables', 'light', 'dark'] as const).map((part) => [
    part,
    Object.fromEntries(
      Object.entries({ ...ours[part], ...extra[part] }).filter(([name, value]) => (mantines[part] as Record<string, unknown>)[name] !== value),
    ),
  ]);
  const text = convertCssVariables(Object.fromEntries(css) as Parameters<typeof convertCssVariables>[0])
    .replaceAll('"', "'")
    .replaceAll(/#[0-9A-F]{3,8}\b/gu, (hex) => hex.toLowerCase());
  const lines = text.replaceAll('{', ' {\n').replaceAll(/;\s*/gu, ';\n').replaceAll('}', '}\n').split('\n');
  const indented = lines.map((line) => (line.trim().startsWith('--') ? `  ${line.trim().replace(/:\s*/u, ': ')}` : line.trim().replace(', ', ',\n')));
  return `/* Written from theme.ts by test/renderer/console/theme.test.ts: run it with -u after changing the theme. */\n${indented.filter((line) => line !== '').join('\n')}\n`;
}

test('the style sheet holds what the theme says', async () => {
  await expect(variablesOfTheme()).toMatchFileSnapshot('../../../src-renderer/console/mantine-variables.css');
});
