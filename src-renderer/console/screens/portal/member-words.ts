import type { Member } from '#server/members/members.contract.ts';
import type { Tone } from '../../../ui/chip.tsx';

interface StateWords {
  readonly tone: Tone;
  readonly words: string;
  readonly explains: string;
}

const states: Readonly<Record<Member['state'], StateWords>> = {
  invited: { tone: 'warn', words: 'Invited', explains: 'Has not set a password yet.' },
  active: { tone: 'on', words: 'Active', explains: 'Signs in on the portal.' },
  disabled: { tone: 'quiet', words: 'Access ended', explains: 'Can’t sign in any more.' },
};

/** What a member's state is called, and what it means. */
export function memberState(state: Member['state']): StateWords {
  return states[state];
}
