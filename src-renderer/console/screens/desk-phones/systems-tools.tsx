import { SegmentedControl } from '@mantine/core';
import { PageTools } from '../../../ui/page.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import styles from './systems-screen.module.css';
import { systemStates, type SystemsSearch } from './systems-search.ts';

interface SystemsToolsProps {
  readonly shown: SystemsSearch;
  readonly count: number;
  readonly onShow: (next: SystemsSearch) => void;
}

const all = 'all';
const labels = { 'in-use': 'In use', silent: 'Not heard of', revoked: 'Revoked' } as const;

/** Above a long list: search, which state, and how many there are. */
export function SystemsTools({ shown: { search, state }, count, onShow }: SystemsToolsProps) {
  return (
    <PageTools>
      <SearchField
        label="Name, kind or address"
        value={search ?? ''}
        onSearch={(text) => onShow({ ...(state === undefined ? {} : { state }), ...(text === '' ? {} : { search: text }) })}
      />
      <SegmentedControl
        size="xs"
        aria-label="State"
        data={[{ value: all, label: 'All' }, ...systemStates.map((value) => ({ value, label: labels[value] }))]}
        value={state ?? all}
        onChange={(value) => {
          const chosen = systemStates.find((one) => one === value);
          onShow({ ...(search === undefined ? {} : { search }), ...(chosen === undefined ? {} : { state: chosen }) });
        }}
      />
      <output className={styles.count}>{count === 1 ? '1 system' : `${count.toLocaleString('en')} systems`}</output>
    </PageTools>
  );
}
