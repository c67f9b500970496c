import { SegmentedControl } from '@mantine/core';
import type { DeviceListState } from '#server/devices/devices.contract.ts';
import { PageTools } from '../../../ui/page.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import type { PhonesSearch } from './phones-search.ts';

interface PhonesToolsProps {
  readonly shown: PhonesSearch;
  readonly onShow: (next: PhonesSearch) => void;
}

const all = 'all';
const choices: readonly { readonly value: DeviceListState | typeof all; readonly label: string }[] = [
  { value: all, label: 'All' },
  { value: 'in-use', label: 'In use' },
  { value: 'attention', label: 'To look into' },
  { value: 'ended', label: 'Ended' },
];

/** Above the list: search, and which state the phones are in. */
export function PhonesTools({ shown: { search, state }, onShow }: PhonesToolsProps) {
  return (
    <PageTools>
      <SearchField
        label="Phone or who carries it"
        value={search ?? ''}
        onSearch={(text) => onShow({ ...(state === undefined ? {} : { state }), ...(text === '' ? {} : { search: text }) })}
      />
      <SegmentedControl
        size="xs"
        aria-label="State"
        data={choices.map((choice) => ({ ...choice }))}
        value={state ?? all}
        onChange={(value) => onShow({ ...(search === undefined ? {} : { search }), ...(value === all ? {} : { state: value }) })}
      />
    </PageTools>
  );
}
