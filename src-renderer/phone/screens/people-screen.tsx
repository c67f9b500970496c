/** @jsxImportSource preact */
import { ScreenTop, SearchField } from '../parts/parts.tsx';
import { useTyped } from '../parts/use-typed.ts';
import { words } from '../words/words.ts';
import { SearchResults } from './search-results.tsx';

/** Everybody this phone may know; those one had to do with last come first. */
export function PeopleScreen() {
  const [typed, setTyped] = useTyped('people');
  return (
    <>
      <ScreenTop title={words.tabs.people} />
      <SearchField value={typed} onChange={setTyped} />
      <SearchResults typed={typed} />
    </>
  );
}
