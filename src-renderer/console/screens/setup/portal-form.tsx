import { Button, ColorInput } from '@mantine/core';
import type { PortalSettings } from '#server/portal/portal.contract.ts';
import type { Choice } from '../../../ui/fields.tsx';
import { FieldStack, SelectField, TextField } from '../../../ui/fields.tsx';
import type { FormProps } from '../../form-props.ts';
import { contrastOf, isHexColour, ratioLabel } from '../portal/contrast.ts';
import styles from './setup.module.css';

interface PortalFormProps extends FormProps<PortalSettings> {
  readonly origin: string;
  readonly languages: readonly Choice[];
}

const swatches = ['#0B5D5B', '#1D4ED8', '#6D28D9', '#B42318', '#9A6412', '#2F6B2F', '#1C2024'];

/** Title, address, colour and language: enough to open the portal. */
export function PortalForm({ draft, problems, onEdit, origin, languages }: PortalFormProps) {
  return (
    <FieldStack>
      <TextField
        label="Title"
        hint="Stands in the browser’s tab and at the top of every page."
        value={draft.title}
        problem={problems['title']}
        maxLength={80}
        onChange={(title) => onEdit({ title })}
      />
      <TextField
        label="Address"
        hint={
          <>
            Customers open{' '}
            <bdi dir="ltr">
              {origin}/{draft.slug}
            </bdi>
          </>
        }
        value={draft.slug}
        problem={problems['slug']}
        maxLength={40}
        onChange={(slug) => onEdit({ slug: asSlug(slug) })}
      />
      <div className={styles.colour}>
        <ColorInput
          label="Colour"
          description="For buttons and links."
          format="hex"
          fixOnBlur={false}
          swatches={swatches}
          swatchesPerRow={7}
          value={draft.accent}
          error={problems['accent']}
          onChange={(accent) => onEdit({ accent })}
        />
        <Contrast accent={draft.accent} onChoose={(accent) => onEdit({ accent })} />
      </div>
      <SelectField
        label="Language"
        hint={`Each customer reads the portal in their own browser’s language where it is one of ${languages.map(({ label }) => label).join(', ')}; everybody else in this one.`}
        value={draft.defaultLanguage}
        choices={languages}
        problem={problems['defaultLanguage']}
        onChange={(defaultLanguage) => onEdit({ defaultLanguage, languages: [...new Set([...draft.languages, defaultLanguage])] })}
      />
    </FieldStack>
  );
}

/** What one types becomes what an address may hold, as one types: "Hilfe & Service" → "hilfe-service". */
export function asSlug(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replace(/^-/u, '');
}

/** Whether the colour can be read, and the nearest that can. The portal itself always uses a readable shade. */
function Contrast({ accent, onChoose }: { readonly accent: string; readonly onChoose: (accent: string) => void }) {
  if (!isHexColour(accent)) return null;
  const { isReadable, linkRatio, suggestion } = contrastOf(accent);
  if (isReadable || suggestion === null) return <p className={styles.contrast}>Easy to read: {ratioLabel(linkRatio)} on white.</p>;
  return (
    <p className={styles.contrast} data-weak="true">
      Hard to read as text: {ratioLabel(linkRatio)} on white. The portal darkens it where needed.
      <Button size="xs" onClick={() => onChoose(suggestion)}>
        Use {suggestion} instead
      </Button>
    </p>
  );
}
