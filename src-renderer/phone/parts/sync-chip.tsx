/** @jsxImportSource preact */
import { count, when } from './format.ts';
import { usePhone } from './use-phone.tsx';
import { linkTo } from './use-route.ts';

/** How many contacts are on this phone and since when; it leads to the details. */
export function SyncChip() {
  const { sync, held, lastSyncAt, isConnected } = usePhone();
  if (!isConnected) {
    return (
      <a class="chip warn" href={linkTo('phone')}>
        <i class="dot" />
        Not connected
      </a>
    );
  }
  if (sync.state === 'failed') {
    return (
      <a class="chip bad" href={linkTo('phone')}>
        <i class="dot" />
        Sync failed
      </a>
    );
  }
  if (sync.state === 'running') {
    const { progress } = sync;
    const share = progress === undefined || progress.total === 0 ? '' : ` ${Math.min(100, Math.floor((progress.done / progress.total) * 100))} %`;
    return (
      <a class="chip" href={linkTo('phone')}>
        <i class="dot" />
        Syncing{share}
      </a>
    );
  }
  if (held === undefined || lastSyncAt === undefined) return null;
  return (
    <a class="chip on" href={linkTo('phone')}>
      <i class="dot" />
      {count(held)} {held === 1 ? 'contact' : 'contacts'}, {when(lastSyncAt)}
    </a>
  );
}
