import type { PbxSource } from '#server/pbx/pbx.contract.ts';
import { Chip } from '../../../ui/chip.tsx';
import { stateOf } from './systems-search.ts';

/** Whether a system is in use, was never heard of, or was ended. */
export function SystemState({ source }: { readonly source: PbxSource }) {
  const state = stateOf(source);
  if (state === 'revoked') return <Chip>Revoked</Chip>;
  if (state === 'silent') {
    return (
      <Chip tone="warn" dot>
        Not heard of yet
      </Chip>
    );
  }
  return (
    <Chip tone="on" dot>
      In use
    </Chip>
  );
}
