import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { Device, DeviceRequest } from '#server/devices/devices.contract.ts';
import { deviceTraceQuery } from '../../../api/devices.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { ListSkeleton } from '../../../ui/states.tsx';
import { RecordPart } from '../people/record-page.tsx';
import styles from './device-trace.module.css';

/** What the phone asked for last, as it happens: for when it does not do what it should. */
export function DeviceTracePart({ device }: { readonly device: Device }) {
  const trace = useQuery(deviceTraceQuery(device.id));
  // Stands at the top of the page already.
  const isSaid = (alert: string) => alert === device.accountSharing?.sentence;
  return (
    <RecordPart title="Last requests">
      <Loaded query={trace} failed="The requests could not be read" skeleton={<ListSkeleton rows={3} />}>
        {({ items, alerts }) => (
          <div className={styles.trace}>
            {alerts
              .filter((alert) => !isSaid(alert))
              .map((alert) => (
                <p key={alert} className={styles.alert}>
                  <TriangleAlert size={15} aria-hidden="true" /> {alert}
                </p>
              ))}
            {items.length === 0 ? (
              <p className={styles.none}>It has not asked for anything yet. What it asks for stands here within seconds.</p>
            ) : (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
              <section className={styles.requests} tabIndex={0} aria-label="Last requests, the newest first">
                <ol>
                  {items.map((request) => (
                    <RequestLine key={request.id} request={request} />
                  ))}
                </ol>
              </section>
            )}
          </div>
        )}
      </Loaded>
    </RecordPart>
  );
}

function RequestLine({ request }: { readonly request: DeviceRequest }) {
  return (
    <li data-tone={request.status >= 400 && request.status !== 401 ? 'bad' : undefined}>
      <span className={styles.status}>{request.status}</span>
      <span className={styles.what}>
        <span>{request.note ?? request.method}</span>
        <bdi dir="ltr" className={styles.path} title={request.userAgent ?? ''}>
          {request.method} {request.path}
        </bdi>
        {request.ip === null ? null : (
          <span className={styles.from}>
            from <bdi dir="ltr">{request.ip}</bdi>
          </span>
        )}
      </span>
      <span className={styles.when}>
        <RelativeTime at={request.at} />
        <span>{request.milliseconds} ms</span>
      </span>
    </li>
  );
}
