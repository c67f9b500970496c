/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { makerDrawing } from './maker-drawings.ts';
import { makers } from './makers.ts';
import type { GuideWords } from './guide-words.ts';
import { Picture } from './picture.tsx';
import { makerOf, type Maker } from './which-phone.ts';

interface BatteryCardProps {
  readonly words: GuideWords;
  /** What this phone says it is. */
  readonly model: string;
  readonly isDone: boolean;
  readonly onDone: (isDone: boolean) => void;
}

/** What the maker of this phone hides, and the choice of another maker. */
export function BatteryCard({ words, model, isDone, onDone }: BatteryCardProps) {
  const [chosen, setChosen] = useState<Maker>();
  const maker = chosen ?? makerOf(model);
  const steps = makers.find((entry) => entry.maker === maker)?.steps[words.language] ?? [];
  return (
    <div class="setup-act">
      <label class="field">
        <span>{words.maker}</span>
        <select value={maker} onChange={(event) => setChosen(event.currentTarget.value as Maker)}>
          {makers.map((entry) => (
            <option key={entry.maker} value={entry.maker}>
              {entry.name}
            </option>
          ))}
        </select>
      </label>
      <ol class="setup-do">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Picture drawing={makerDrawing(maker, words.language)} />
      <label class="setup-check">
        <input type="checkbox" checked={isDone} onChange={(event) => onDone(event.currentTarget.checked)} />
        <span>{words.batteryDone}</span>
      </label>
    </div>
  );
}
