/** @jsxImportSource preact */
import type { SetupState } from '#server/enrolment/enrolment.contract.ts';
import { count, dayOf } from '../parts/format.ts';
import { CheckIcon } from '../parts/icons.tsx';
import { locale } from '../words/language.ts';
import { ago } from './ago.ts';
import type { GuideWords } from './guide-words.ts';

function lease(state: SetupState, words: GuideWords): string | undefined {
  const { endsAt, renew, hasEnded } = state.lease;
  if (state.way !== 'ios' || !renew) return undefined;
  if (hasEnded) return words.ended;
  const isNear = endsAt !== null && Date.parse(endsAt) - Date.now() < 14 * 86_400_000;
  return isNear ? words.renewSoon(dayOf(endsAt)) : words.renew;
}

/** Whether this phone's own call screen knows who calls, and what was read last. */
export function SetupStatus({
  state,
  words,
  done,
  all,
}: {
  readonly state: SetupState;
  readonly words: GuideWords;
  readonly done: number;
  readonly all: number;
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
    </section>
  );
}
