import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SimulatedPhone } from '#server/devices/devices.contract.ts';
import { simulationQuery } from '../../../api/devices.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { ListSkeleton } from '../../../ui/states.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import styles from './simulated-phones.module.css';

const words: Readonly<Record<SimulatedPhone['how'], { readonly label: string; readonly tone: Tone }>> = {
  held: { label: 'On the phone', tone: 'on' },
  'look-up': { label: 'Looked up', tone: 'quiet' },
  nothing: { label: 'The number only', tone: 'warn' },
};

/** What each of the team's phones would show for a number, and why. */
export function SimulatedPhones({ number }: { readonly number: string }) {
  const query = useQuery(simulationQuery(number));
  return (
    <section className={styles.phones} aria-label="Each phone">
      <h2 className={styles.heading}>Each phone</h2>
      <Loaded query={query} failed="The phones could not be asked" skeleton={<ListSkeleton rows={3} height={56} />}>
        {({ phones, more }) =>
          phones.length === 0 ? (
            <p className={styles.none}>
              No phone is paired yet.{' '}
              <ButtonLink to="/phones/pair" size="xs">
                Pair a phone
              </ButtonLink>
            </p>
          ) : (
            <>
              <ul className={styles.list}>
                {phones.map((phone) => (
                  <PhoneLine key={phone.id} phone={phone} number={number} />
                ))}
              </ul>
              {more ? <p className={styles.none}>These are the first 50 phones.</p> : null}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function PhoneLine({ phone, number }: { readonly phone: SimulatedPhone; readonly number: string }) {
  return (
    <li>
      <div className={styles.who}>
        <Link to="/phones/$deviceId" params={{ deviceId: phone.id }} className={styles.name ?? ''}>
          <bdi>{phone.name}</bdi>
        </Link>
        <bdi className={styles.carrier}>{phone.agentName}</bdi>
      </div>
      <div>
        <p className={styles.shows}>
          <bdi>{phone.shows ?? number}</bdi> <Chip tone={words[phone.how].tone}>{words[phone.how].label}</Chip>
        </p>
        <p className={styles.reason}>{phone.reason}</p>
      </div>
    </li>
  );
}
