import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { DataTable } from '#renderer/ui/data-table.tsx';

// happy-dom lays nothing out; the table must believe that it has a height.
beforeAll(() => {
  for (const side of ['offsetHeight', 'offsetWidth', 'clientHeight']) Object.defineProperty(HTMLElement.prototype, side, { configurable: true, value: 400 });
  HTMLElement.prototype.scrollTo = () => undefined;
});

const people = Array.from({ length: 10_000 }, (_, index) => ({ id: `p${index}`, name: `Person ${index}` }));
const columns = [{ key: 'name', header: 'Name', width: '1fr', cell: (person: { name: string }) => person.name }];

function draw(rows = people) {
  const heard = { onOpen: vi.fn<(row: { id: string }) => void>(), onEnd: vi.fn<() => void>() };
  render(<DataTable label="People" columns={columns} rows={rows} rowKey={({ id }) => id} {...heard} />);
  return { ...heard, grid: screen.getByRole('grid', { name: 'People' }) };
}

describe('a table of many rows', () => {
  test('draws only those in sight and says how many there are', () => {
    const { grid } = draw();

    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(grid.getAttribute('aria-rowcount')).toBe('10001');
  });

  test('is walked by arrow keys and opened by Enter', () => {
    const { grid, onOpen } = draw();

    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) fireEvent.keyDown(grid, { key });

    expect(onOpen).toHaveBeenCalledExactlyOnceWith(people[1]);
    expect(document.querySelector(`#${CSS.escape(grid.getAttribute('aria-activedescendant') ?? '')}`)?.textContent).toBe('Person 1');
  });

  test('asks for more when its end comes into sight, and only then', () => {
    expect(draw().onEnd).not.toHaveBeenCalled();
  });

  test('that is short is at its end at once', () => {
    expect(draw(people.slice(0, 3)).onEnd).toHaveBeenCalled();
  });
});
