import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { Announcer } from '#renderer/ui/announcer.tsx';
import { Wizard, type WizardNext } from '#renderer/ui/wizard.tsx';

const steps = [
  { key: 'company', label: 'Company', isDone: true, summary: 'Hartmann Optik' },
  { key: 'address', label: 'Address', isDone: false },
  { key: 'phone', label: 'Phone', isDone: false, isOpen: false },
];

function draw(options: { current?: string; next?: Partial<WizardNext> } = {}) {
  const heard = { onStep: vi.fn<(key: string) => void>(), onBack: vi.fn<() => void>(), onFinishLater: vi.fn<() => void>(), onNext: vi.fn<() => void>() };
  const element = (current: string) => (
    <MantineProvider env="test">
      <Wizard
        title="Set up"
        steps={steps}
        current={current}
        heading={`About the ${current}`}
        lead="It takes a minute."
        next={{ label: 'Continue', onClick: heard.onNext, ...options.next }}
        {...heard}
      >
        <input aria-label="Name" />
      </Wizard>
      <Announcer />
    </MantineProvider>
  );
  const view = render(element(options.current ?? 'address'));
  return { ...heard, goTo: (current: string) => view.rerender(element(current)) };
}

describe('the frame of a wizard', () => {
  test('says of each step whether it is done and which one it is', () => {
    draw();

    expect(screen.getByRole('button', { name: /Company.*done.*Hartmann Optik/u })).toBeDefined();
    expect(screen.getByRole('button', { name: /Address/u }).getAttribute('aria-current')).toBe('step');
    expect(screen.getByRole('button', { name: /Phone/u })).toHaveProperty('disabled', true);
  });

  test('Enter in a field goes on', () => {
    const { onNext } = draw();

    fireEvent.submit(screen.getByLabelText('Name'));

    expect(onNext).toHaveBeenCalledOnce();
  });

  test('Enter does nothing while the step is busy or not ready', () => {
    const { onNext } = draw({ next: { isDisabled: true } });

    fireEvent.submit(screen.getByLabelText('Name'));

    expect(onNext).not.toHaveBeenCalled();
  });

  test('Back, Finish later and the steps at the left lead where they say', () => {
    const { onBack, onFinishLater, onStep } = draw();

    fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    fireEvent.click(screen.getByRole('button', { name: 'Finish later' }));
    fireEvent.click(screen.getByRole('button', { name: /Company/u }));

    expect(onBack).toHaveBeenCalledOnce();
    expect(onFinishLater).toHaveBeenCalledOnce();
    expect(onStep).toHaveBeenCalledWith('company');
  });

  test('a new step takes the focus to its heading and tells screen readers', () => {
    const { goTo } = draw({ current: 'company' });

    goTo('address');

    expect(document.activeElement?.textContent).toBe('About the address');
    expect(screen.getByRole('status').textContent).toBe('Step 2 of 3: About the address');
  });
});
