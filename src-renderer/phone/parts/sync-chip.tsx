/** @jsxImportSource preact */
import { count, share, when } from './format.ts';
import { usePhone } from './use-phone.tsx';
import { linkTo } from './use-route.ts';
import { words } from '../words/words.ts';

/** How many contacts are on this phone and since when; it leads to the details. */
export function SyncChip() {
  const { sync, held, lastSyncAt, isConnected } = usePhone();
  if (!isConnected) {
    return (
      <a class="chip warn" href={linkTo('phone')}>
        <i class="dot" />
        {words.chip.notConnected}
      </a>
    );
  }
  if (sync.state === 'failed') {
    return (
      <a class="chip bad" href={linkTo('phone')}>
        <i class="dot" />
        {words.chip.failed}
      </a>
    );
  }
  if (sync.state === 'running') {
    const { progress } = sync;
    const done = progress === undefined || progress.total === 0 ? '' : ` ${share(Math.min(1, progress.done / progress.total))}`;
    return (
      <a class="chip" href={linkTo('phone')}>
        <i class="dot" />
        {words.chip.syncing}
        {done}
      </a>
    );
  }
  if (held === undefined || lastSyncAt === undefined) return null;
  return (
    <a class="chip on" href={linkTo('phone')}>
      <i class="dot" />
      {words.chip.contacts(held, count(held), when(lastSyncAt))}
    </a>
  );
}
