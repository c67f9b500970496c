/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { Call } from '#server/calls/calls.contract.ts';
import { keep } from '../device/keys.ts';
import { SyncChip } from '../parts/sync-chip.tsx';
import { AsOf, Empty, Failed, ScreenTop, SearchField, Waiting } from '../parts/parts.tsx';
import { isPresent } from '../parts/present.ts';
import { useNow } from '../parts/use-now.ts';
import { usePages } from '../parts/use-pages.ts';
import { usePhone } from '../parts/use-phone.tsx';
import { useTyped } from '../parts/use-typed.ts';
import { words } from '../words/words.ts';
import { CallRow } from './call-row.tsx';
import { CallingNow } from './calling-now.tsx';
import { SearchResults } from './search-results.tsx';

/** Until when missed calls were looked at. */
export const missedSeenName = 'missed-seen';

function NoCalls({ isMissed }: { readonly isMissed: boolean }) {
  return isMissed ? (
    <Empty title={words.calls.noMissed}>
      <p>{words.calls.noMissedHint}</p>
    </Empty>
  ) : (
    <Empty title={words.calls.none}>
      <p>{words.calls.noneHint}</p>
    </Empty>
  );
}

function CallList({ isMissed, version }: { readonly isMissed: boolean; readonly version: number }) {
  const calls = usePages<Call>('/calls', { missed: isMissed ? 'true' : undefined }, version);
  if (calls.value === undefined) return calls.error === undefined ? <Waiting /> : <Failed error={calls.error} onRetry={calls.reload} />;
  if (calls.value.length === 0) return <NoCalls isMissed={isMissed} />;
  return (
    <>
      <AsOf at={calls.keptAt} />
      <ul class="rows" aria-label={isMissed ? words.calls.missedCalls : words.tabs.calls}>
        {calls.value.map((call) => (
          <CallRow key={call.id} call={call} />
        ))}
      </ul>
      {calls.hasMore && (
        <button type="button" class="button more" onClick={calls.more} disabled={calls.isLoading}>
          {words.calls.older}
        </button>
      )}
    </>
  );
}

/** Who calls now, search, and the call log. */
export function CallsScreen() {
  const { present, callsVersion } = usePhone();
  const now = useNow();
  const [typed, setTyped] = useTyped('calls');
  const [isMissed, setMissed] = useState(false);

  useEffect(() => keep(missedSeenName, new Date().toISOString()), [callsVersion]);

  return (
    <>
      <ScreenTop title={words.tabs.calls}>
        <SyncChip />
      </ScreenTop>
      {present
        .filter((news) => isPresent(news, now))
        .map((news) => (
          <CallingNow key={news.callId} news={news} />
        ))}
      <SearchField value={typed} onChange={setTyped} />
      {typed.trim() === '' ? (
        <>
          <fieldset class="segments" aria-label={words.calls.which}>
            <button type="button" aria-pressed={!isMissed} onClick={() => setMissed(false)}>
              {words.calls.all}
            </button>
            <button type="button" aria-pressed={isMissed} onClick={() => setMissed(true)}>
              {words.calls.missed}
            </button>
          </fieldset>
          <CallList isMissed={isMissed} version={callsVersion} />
        </>
      ) : (
        <SearchResults typed={typed} />
      )}
    </>
  );
}
