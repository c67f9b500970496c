import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { desktop } from '../../../api/desktop.ts';
import { statusQuery } from '../../../api/status.ts';
import { Section } from '../../../ui/page.tsx';
import { DesktopSection } from './desktop-section.tsx';
import { SettingsPage } from './settings-page.tsx';

const schemes = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** How this console looks and starts, on this PC only. */
export function ConsoleScreen() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const status = useQuery(statusQuery);
  const power = desktop();
  return (
    <SettingsPage title="This console">
      <Section title="Appearance" lead="For this console only. Customers’ and phones’ pages follow their own devices.">
        <SegmentedControl
          aria-label="Appearance"
          value={colorScheme}
          data={[...schemes]}
          onChange={(chosen) => {
            const scheme = schemes.find(({ value }) => value === chosen);
            if (scheme !== undefined) setColorScheme(scheme.value);
          }}
        />
      </Section>
      {power === undefined ? null : <DesktopSection power={power} />}
      <Section title="Version">
        <p>Doorline {status.data?.version ?? ''}</p>
      </Section>
    </SettingsPage>
  );
}
