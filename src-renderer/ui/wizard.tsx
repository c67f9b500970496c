import { Button } from '@mantine/core';
import { Check } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { announce } from './announcer.tsx';
import styles from './wizard.module.css';

export interface WizardStep {
  readonly key: string;
  readonly label: string;
  /** Whether its result is there, not whether it was clicked through. */
  readonly isDone: boolean;
  /** What the result is, under the label: "2,314 contacts". */
  readonly summary?: string;
  readonly isOpen?: boolean;
}

interface WizardProps {
  readonly title: string;
  readonly steps: readonly WizardStep[];
  readonly current: string;
  readonly onStep: (key: string) => void;
  readonly heading: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
  /** The real result, changing as one types. */
  readonly preview?: ReactNode;
  readonly onBack?: (() => void) | undefined;
  readonly onFinishLater?: (() => void) | undefined;
  readonly next?: WizardNext | undefined;
  /** A second way forward, such as "Skip for now". */
  readonly skip?: { readonly label: string; readonly onClick: () => void } | undefined;
}

export interface WizardNext {
  readonly label: string;
  readonly onClick: () => void;
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
}

/**
 * The frame of every wizard: steps at the left with their state, the form in the middle, the real result at the right.
 * Back never loses anything; Finish later is always there.
 */
export function Wizard({ title, steps, current, onStep, heading, lead, children, preview, onBack, onFinishLater, next, skip }: WizardProps) {
  const headingRef = useRef<HTMLHeadingElement>(null);
  const main = useRef<HTMLDivElement>(null);
  const position = steps.findIndex((step) => step.key === current);
  const firstHeading = useRef(current);

  useEffect(() => {
    if (firstHeading.current === current) return;
    firstHeading.current = current;
    main.current?.scrollTo({ top: 0 });
    headingRef.current?.focus();
    announce(`Step ${position + 1} of ${steps.length}: ${heading}`);
  }, [current, position, steps.length, heading]);

  return (
    <div className={styles.wizard} data-preview={preview === undefined ? undefined : true}>
      <nav className={styles.steps} aria-label={title}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.position} aria-hidden="true">
          Step {position + 1} of {steps.length}
        </p>
        <ol>
          {steps.map((step, index) => (
            <li key={step.key}>
              <StepButton step={step} number={index + 1} isCurrent={step.key === current} onClick={() => onStep(step.key)} />
            </li>
          ))}
        </ol>
      </nav>
      <div className={styles.main} ref={main}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (next !== undefined && next.isDisabled !== true && next.isBusy !== true) next.onClick();
          }}
        >
          <div>
            <h2 className={styles.heading} ref={headingRef} tabIndex={-1}>
              {heading}
            </h2>
            <p className={styles.lead}>{lead}</p>
          </div>
          {children}
          <footer className={styles.footer}>
            {next === undefined ? null : (
              <Button type="submit" variant="filled" loading={next.isBusy ?? false} disabled={next.isDisabled ?? false}>
                {next.label}
              </Button>
            )}
            {skip === undefined ? null : <Button onClick={skip.onClick}>{skip.label}</Button>}
            {onBack === undefined ? null : <Button onClick={onBack}>Back</Button>}
            {onFinishLater === undefined ? null : (
              <Button variant="subtle" color="gray" onClick={onFinishLater}>
                Finish later
              </Button>
            )}
          </footer>
        </form>
      </div>
      {preview === undefined ? null : (
        <aside className={styles.preview} aria-label="Preview">
          {preview}
        </aside>
      )}
    </div>
  );
}

function StepButton({ step, number, isCurrent, onClick }: { step: WizardStep; number: number; isCurrent: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      className={styles.step}
      data-done={step.isDone || undefined}
      aria-current={isCurrent ? 'step' : undefined}
      disabled={step.isOpen === false}
      onClick={onClick}
    >
      <span className={styles.mark} aria-hidden="true">
        {step.isDone ? <Check size={12} strokeWidth={3} /> : number}
      </span>
      <span className={styles.label}>
        {step.label}
        <span className="visually-hidden">{step.isDone ? ', done' : ''}</span>
        {step.summary === undefined || step.summary === '' ? null : <span className={styles.summary}>{step.summary}</span>}
      </span>
    </button>
  );
}
