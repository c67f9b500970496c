import { useQuery } from '@tanstack/react-query';
import { pbxRequestsQuery } from '../../../api/pbx.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import { RecordPart } from '../people/record-page.tsx';
import styles from './system-parts.module.css';

const words: Readonly<Record<string, string>> = {
  'GET /pbx/v1/name': 'Asked for a name',
  'GET /pbx/v1/3cx/lookup': 'Asked for a contact',
  'POST /pbx/v1/3cx/call': 'Reported a call',
  'POST /pbx/v1/event': 'Reported a call',
  'GET /pbx/v1/action/:event': 'Reported a call',
  'LDAP search': 'Searched the directory',
};

function wordsFor(what: string): string {
  if (what.startsWith('Self-test')) return 'Self-test';
  return words[what] ?? (what.includes('/phonebook') ? 'Fetched the phone book' : what);
}

/** What the system asked last, so that one sees where it hangs. */
export function RequestsPart({ sourceId }: { readonly sourceId: string }) {
  const requests = useQuery(pbxRequestsQuery(sourceId));
  return (
    <RecordPart title="Last requests">
      <Loaded query={requests} failed="The last requests could not be read" skeleton={<TextSkeleton lines={3} />}>
        {(found) =>
          found.length === 0 ? (
            <p className={styles.quiet}>Nothing was heard of it yet. The last fifty requests will be here, without numbers and names.</p>
          ) : (
            <div className={styles.scroll}>
              <table className={styles.requests}>
                <thead>
                  <tr>
                    <th scope="col">When</th>
                    <th scope="col">What</th>
                    <th scope="col">Came to</th>
                    <th scope="col">From</th>
                  </tr>
                </thead>
                <tbody>
                  {found.map((request) => (
                    <tr key={`${request.at} ${request.what} ${request.milliseconds}`}>
                      <td>
                        <RelativeTime at={request.at} />
                      </td>
                      <td>{wordsFor(request.what)}</td>
                      <td>
                        {request.note ?? ''} {request.status >= 400 ? `(${request.status})` : ''}
                      </td>
                      <td>
                        <bdi dir="ltr">{request.ip}</bdi>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </RecordPart>
  );
}
