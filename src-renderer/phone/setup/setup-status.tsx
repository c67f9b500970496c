/** @jsxImportSource preact */
import type { SetupState } from '#server/enrolment/enrolment.contract.ts';
import { count, dayOf } from '../parts/format.ts';
import { CheckIcon } from '../parts/icons.tsx';
import { locale } from '../words/language.ts';
import { ago } from './ago.ts';
import { RenewLease } from './renew-lease.tsx';
import type { GuideWords } from './guide-words.ts';

function lease(state: SetupState, words: GuideWords): string | undefined {
  const { endsAt, renew, hasEnded, renewsByTap } = state.lease;
  if (!renew) return undefined;
  const said = renewsByTap ? words.byTap : words;
  if (hasEnded) return said.ended;
  const isNear = endsAt !== null && Date.parse(endsAt) - Date.now() < 14 * 86_400_000;
  return isNear ? said.renewSoon(dayOf(endsAt)) : said.renew;
}

/** Whether this phone's own call screen knows who calls, and what was read last. */
export function SetupStatus({
  state,
  words,
  done,
  all,
  onRenewed,
}: {
  readonly state: SetupState;
  readonly words: GuideWords;
  readonly done: number;
  readonly all: number;
  readonly onRenewed: () => void;
}) {
  const { onPhone, inScope, readAt, readBy } = state.contacts;
  const warning = lease(state, words) ?? (readAt !== null && !state.works ? words.stale : undefined);
  return (
    <section class={state.works ? 'card setup-status works' : 'card setup-status'} aria-label={words.title}>
      <h2>
        {state.works && <CheckIcon />}
        {state.works ? words.works : words.worksNot}
      </h2>
      {readAt === null ? (
        <p>{words.progress(done, all)}</p>
      ) : (
        <>
          <p>{words.contacts(count(onPhone), count(inScope))}</p>
          <p class="quiet">{words.read(ago(readAt, locale), readBy ?? '')}</p>
        </>
      )}
      {warning !== undefined && <p class="setup-warning">{warning}</p>}
      {state.lease.renew && state.lease.renewsByTap && <RenewLease words={words} onRenewed={onRenewed} />}
    </section>
  );
}
