/* oxlint-disable jsx-a11y/prefer-tag-over-role -- this is the combobox pattern of WAI-ARIA, which has no elements of its own. */
import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { searchContacts } from '../../api/people.ts';
import { searchTickets } from '../../api/tickets.ts';
import { Keys } from '../../ui/shortcuts.tsx';
import styles from './command-palette.module.css';
import { contactItem, meantPlaces, namedPlaces, ticketItem, usualPlaces, type PaletteItem } from './palette-items.ts';

interface CommandPaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Ctrl+K: go to a screen, find a person or a ticket, begin something. */
export function CommandPalette({ isOpen, onClose }: CommandPaletteProps) {
  return (
    <Modal.Root opened={isOpen} onClose={onClose} centered={false} yOffset="12vh" size={600}>
      <Modal.Overlay />
      <Modal.Content aria-label="Find or do anything" radius="lg" classNames={{ content: styles.dialog ?? '' }}>
        <Palette onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

const searchFrom = 2;

function useFound(search: string): { readonly items: readonly PaletteItem[]; readonly isSearching: boolean } {
  const [settled] = useDebouncedValue(search.trim(), 150);
  const enabled = settled.length >= searchFrom;
  const people = useQuery({
    queryKey: ['contacts', 'palette', settled],
    queryFn: ({ signal }) => searchContacts(settled, { limit: 5, signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const tickets = useQuery({
    queryKey: ['tickets', 'palette', settled],
    queryFn: ({ signal }) => searchTickets(settled, { limit: 5, signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
  if (search.trim() === '') return { items: usualPlaces, isSearching: false };
  const found = search.trim().length >= searchFrom ? [...(people.data ?? []).map(contactItem), ...(tickets.data ?? []).map(ticketItem)] : [];
  return { items: [...namedPlaces(search), ...found, ...meantPlaces(search)], isSearching: people.isFetching || tickets.isFetching };
}

function Palette({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const { items, isSearching } = useFound(search);
  const active = Math.min(chosen, items.length - 1);

  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  function run(item: PaletteItem | undefined): void {
    if (item === undefined) return;
    onClose();
    void navigate({ to: item.to });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((active + step + items.length) % Math.max(1, items.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(items[active]);
    }
  }

  const groups = [...new Set(items.map((item) => item.group))];
  return (
    <div className={styles.palette}>
      <label className={styles.search}>
        <Search size={17} aria-hidden="true" />
        <span className="visually-hidden">Find a place, a person or a ticket</span>
        <input
          value={search}
          placeholder="Find a place, a person or a ticket"
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
          data-autofocus
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setChosen(0);
          }}
        />
      </label>
      <div ref={list} id={`${id}-list`} className={styles.list} role="listbox" aria-label="Found" tabIndex={-1}>
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group}>
            <div className={styles.group} aria-hidden="true">
              {group}
            </div>
            {items.map((item, index) =>
              item.group === group ? (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the search field keeps the focus and handles the keys.
                <div
                  key={item.id}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  tabIndex={-1}
                  className={styles.item}
                  onMouseMove={() => setChosen(index)}
                  onClick={() => run(item)}
                >
                  <item.icon size={16} strokeWidth={1.75} aria-hidden="true" />
                  <span className={styles.label}>{item.label}</span>
                  <span className={styles.detail}>{item.detail}</span>
                  {item.shortcut === undefined ? null : <Keys shortcut={item.shortcut} />}
                </div>
              ) : null,
            )}
          </div>
        ))}
      </div>
      {items.length === 0 ? (
        <p className={styles.nothing} role="status">
          {isSearching ? 'Looking' : 'Nothing by that name. People are found by name, company, e-mail or any part of a number.'}
        </p>
      ) : null}
    </div>
  );
}
