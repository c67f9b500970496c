/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { CallerMatch } from '#server/caller-id/caller-id.contract.ts';
import { useHandful } from '../parts/use-handful.ts';
import { words } from '../words/words.ts';

/** One of several things to choose, all of them to be seen. */
export function Choices<Value extends string>({
  legend,
  name,
  options,
  chosen,
  onChoose,
  children,
}: {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly chosen: Value | undefined;
  readonly onChoose: (value: Value) => void;
  readonly children?: ComponentChildren;
}) {
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {options.map(([value, label]) => (
        <Choice key={value} name={name} label={label} isChosen={chosen === value} onChoose={() => onChoose(value)} />
      ))}
      {children}
    </fieldset>
  );
}

function Choice({
  name,
  label,
  isChosen,
  onChoose,
}: {
  readonly name: string;
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <label>
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} />
      <span>{label}</span>
    </label>
  );
}

const peopleShown = 6;

/**
 * Asks which of those who share a number it was, the likeliest first. Null is none of them; undefined is not said yet.
 */
export function WhoWasIt({
  candidates,
  chosen,
  onChoose,
}: {
  readonly candidates: CallerMatch['candidates'];
  readonly chosen: string | null | undefined;
  readonly onChoose: (contactId: string | null) => void;
}) {
  const isFarBehind = candidates.slice(peopleShown).some(({ id }) => id === chosen);
  const { shown, more, showAll } = useHandful(candidates, { most: peopleShown, startsWhole: isFarBehind });
  return (
    <Choices
      legend={words.outcome.who}
      name="contact"
      options={shown.map(({ id, name }) => [id, name === '' ? words.parts.noName : name] as const)}
      chosen={chosen ?? undefined}
      onChoose={onChoose}
    >
      {more > 0 && (
        <button type="button" aria-label={words.parts.showMore(more)} onClick={showAll}>
          +{more}
        </button>
      )}
      <Choice name="contact" label={words.outcome.somebodyElse} isChosen={chosen === null} onChoose={() => onChoose(null)} />
    </Choices>
  );
}
