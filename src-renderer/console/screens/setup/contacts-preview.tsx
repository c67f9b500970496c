import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { contactsQuery } from '../../../api/people.ts';
import { statusQuery } from '../../../api/status.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { PhoneFrame } from '../../../ui/device-frame.tsx';
import styles from './contacts-preview.module.css';

const shown = 9;

/** The contacts as the team's phones will have them. They appear while the import runs. */
export function ContactsPreview() {
  const contacts = useInfiniteQuery({ ...contactsQuery(), refetchInterval: 3000 });
  const status = useQuery(statusQuery);
  const people = contacts.data?.pages[0]?.items.slice(0, shown) ?? [];
  const count = status.data?.counts.contacts ?? people.length;
  return (
    <PhoneFrame label="A phone with your contacts">
      <div className={styles.screen}>
        <h3 className={styles.title}>Contacts</h3>
        {people.length === 0 ? <Nobody /> : null}
        <ul className={styles.people}>
          {people.map((person) => (
            <li key={person.id}>
              <Avatar name={person.displayName} size={30} />
              <span className={styles.text}>
                <bdi className={styles.name}>{person.displayName}</bdi>
                <bdi className={styles.detail}>{person.company?.name ?? person.primaryNumber ?? person.email ?? ''}</bdi>
              </span>
            </li>
          ))}
        </ul>
        {count > people.length ? <p className={styles.more}>and {(count - people.length).toLocaleString('en')} more</p> : null}
      </div>
    </PhoneFrame>
  );
}

function Nobody() {
  return (
    <>
      <p className={styles.nobody}>Your people stand here as soon as they are imported. When one of them calls, the phone shows who it is.</p>
      <ul className={styles.people} aria-hidden="true">
        {[70, 52, 64, 46].map((width) => (
          <li key={width}>
            <span className={styles.blankFace} />
            <span className={styles.blankName} style={{ width: `${width}%` }} />
          </li>
        ))}
      </ul>
    </>
  );
}
