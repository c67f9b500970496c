/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { CheckIcon } from '../parts/icons.tsx';
import type { GuideStep } from './guide-steps.ts';
import { Picture } from './picture.tsx';
import type { GuideWords } from './guide-words.ts';

interface StepCardProps {
  readonly step: GuideStep;
  readonly words: GuideWords;
  readonly isOpen: boolean;
  readonly children?: ComponentChildren;
}

function Instructions({ texts }: { readonly texts: readonly string[] }) {
  if (texts.length < 2) return <p>{texts[0]}</p>;
  return (
    <ol class="setup-do">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ol>
  );
}

/** One step: what to do and what it looks like. The one to do now is open; the others open by a tap. */
export function StepCard({ step, words, isOpen, children }: StepCardProps) {
  const { title, done, doThis, drawing, stuck } = words.steps[step.name];
  return (
    <details class={`setup-step ${step.mark}`} open={isOpen}>
      <summary>
        <i aria-hidden="true">{step.mark === 'done' && <CheckIcon />}</i>
        <span>{title}</span>
        <span class="visually-hidden">, {words.states[step.mark]}</span>
      </summary>
      <div class="setup-body">
        {step.mark === 'done' && <p class="setup-done">{done}</p>}
        {doThis.length > 0 && <Instructions texts={doThis} />}
        {drawing !== undefined && <Picture drawing={drawing} />}
        {children}
        {stuck.length > 0 && step.mark !== 'done' && (
          <details class="setup-more">
            <summary>{words.stuck}</summary>
            <ul class="setup-do">
              {stuck.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </details>
  );
}
