import type { CallReport } from '#server/call-reports/call-reports.contract.ts';
import styles from './report.module.css';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The hours that are drawn: office hours, and whatever lies outside them and had calls. */
function hoursShown(hours: CallReport['hours']): number[] {
  const present = hours.map((slot) => slot.hour);
  const first = Math.min(7, ...present);
  const last = Math.max(18, ...present);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** When people call: a field for each weekday and hour, the darker the more; each says its numbers. */
export function HoursMap({ hours }: { readonly hours: CallReport['hours'] }) {
  const shown = hoursShown(hours);
  const most = Math.max(1, ...hours.map((slot) => slot.calls));
  const slotOf = new Map(hours.map((slot) => [slot.weekday * 24 + slot.hour, slot]));
  return (
    <div className={styles.mapScroller}>
      <table className={styles.map}>
        <caption className="visually-hidden">Incoming calls by weekday and hour</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Weekday</span>
            </th>
            {shown.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((weekday, index) => (
            <tr key={weekday}>
              <th scope="row">
                <abbr title={weekday}>{weekday.slice(0, 3)}</abbr>
              </th>
              {shown.map((hour) => {
                const slot = slotOf.get((index + 1) * 24 + hour);
                const calls = slot?.calls ?? 0;
                const missed = slot?.missed ?? 0;
                const words = `${weekday}, ${hour}:00 to ${hour + 1}:00: ${calls} ${calls === 1 ? 'call' : 'calls'}, ${missed} missed`;
                return (
                  <td key={hour} title={words} data-level={calls === 0 ? 0 : Math.ceil((calls / most) * 5)}>
                    <span className="visually-hidden">{calls === 0 ? 'none' : `${calls}, ${missed} missed`}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
