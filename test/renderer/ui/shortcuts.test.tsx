import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { shortcutWords, useShortcuts } from '#renderer/ui/shortcuts.tsx';

function Screen({ actions }: { readonly actions: Readonly<Record<string, () => void>> }) {
  useShortcuts(actions);
  return <input aria-label="Text" />;
}

function press(target: Element | Document, ...keys: readonly (string | KeyboardEventInit)[]): void {
  for (const key of keys) fireEvent.keyDown(target, typeof key === 'string' ? { key } : key);
}

describe('shortcuts', () => {
  test('two keys one after the other go to a place', () => {
    const goToDesk = vi.fn<() => void>();
    render(<Screen actions={{ 'g d': goToDesk }} />);

    press(document.body, 'g', 'd');

    expect(goToDesk).toHaveBeenCalledOnce();
  });

  test('letters are text while one types', () => {
    const help = vi.fn<() => void>();
    render(<Screen actions={{ '?': help, 'g d': help }} />);

    press(screen.getByLabelText('Text'), '?', 'g', 'd');

    expect(help).not.toHaveBeenCalled();
  });

  test('with Ctrl they work while one types too', () => {
    const find = vi.fn<() => void>();
    render(<Screen actions={{ 'mod+k': find }} />);

    press(screen.getByLabelText('Text'), { key: 'k', ctrlKey: true });

    expect(find).toHaveBeenCalledOnce();
  });

  test('the second key alone does nothing', () => {
    const goToDesk = vi.fn<() => void>();
    render(<Screen actions={{ 'g d': goToDesk }} />);

    press(document.body, 'd', 'x', 'd');

    expect(goToDesk).not.toHaveBeenCalled();
  });

  test('are written as the keys are labelled', () => {
    expect(shortcutWords('mod+enter', false)).toEqual(['Ctrl', 'Enter']);
    expect(shortcutWords('mod+k', true)).toEqual(['⌘', 'K']);
    expect(shortcutWords('g d', false)).toEqual(['G', 'then', 'D']);
  });
});
