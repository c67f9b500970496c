import type { PbxKind } from '#server/pbx/pbx.contract.ts';
import { deskPhones, telephoneSystems, type KindWords } from './kinds.ts';
import styles from './kind-cards.module.css';

interface KindCardsProps {
  readonly chosen: PbxKind | null;
  readonly onChoose: (kind: PbxKind) => void;
}

/** What it is that is connected: a maker's desk phones, or a telephone system. */
export function KindCards({ chosen, onChoose }: KindCardsProps) {
  const groups: readonly (readonly [title: string, kinds: readonly KindWords[]])[] = [
    ['Desk phones', deskPhones],
    ['Telephone systems', telephoneSystems],
  ];
  return (
    <div className={styles.groups}>
      {groups.map(([title, kinds]) => (
        <fieldset key={title} className={styles.group}>
          <legend className={styles.legend}>{title}</legend>
          <div className={styles.cards}>
            {kinds.map(({ kind, name, does }) => (
              <label key={kind} className={styles.card}>
                <input type="radio" name="kind" value={kind} checked={chosen === kind} className="visually-hidden" onChange={() => onChoose(kind)} />
                <span className={styles.name}>{name}</span>
                <span className={styles.does}>{does}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
