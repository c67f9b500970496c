/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { ScreenTop, SearchField } from '../parts/parts.tsx';
import { SearchResults } from './search-results.tsx';

/** Everybody this phone may know; those one had to do with last come first. */
export function PeopleScreen() {
  const [typed, setTyped] = useState('');
  return (
    <>
      <ScreenTop title="People" />
      <SearchField value={typed} label="Name, number, company or ticket" onChange={setTyped} />
      <SearchResults typed={typed} />
    </>
  );
}
