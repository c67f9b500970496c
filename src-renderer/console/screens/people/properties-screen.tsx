import { Button, SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { PropertyObject, type Property } from '#server/people/people.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { addProperty, changeProperty, propertiesQuery, removeProperty } from '../../../api/properties.ts';
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx';
import { InlineText } from '../../../ui/inline-text.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { Page, PageBody, PageHeader, Section } from '../../../ui/page.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { PropertyForm } from './property-form.tsx';
import styles from './properties-screen.module.css';

const objects = [
  { value: 'contact', label: 'Contacts' },
  { value: 'company', label: 'Companies' },
  { value: 'deal', label: 'Deals' },
  { value: 'ticket', label: 'Tickets' },
];

const types: Readonly<Record<Property['type'], string>> = { text: 'Text', number: 'Number', date: 'Date', choice: 'Choice', checkbox: 'Yes or no' };

/** What the company keeps about its people, companies, deals and tickets beside what everybody keeps. */
export function PropertiesScreen() {
  const [object, setObject] = useState<Property['object']>('contact');
  const [isAdding, setAdding] = useState(false);
  const properties = useQuery(propertiesQuery(object));
  return (
    <Page>
      <PageHeader title="Properties" />
      <PageBody>
        <div className={styles.top}>
          <SegmentedControl
            aria-label="Properties of"
            data={objects}
            value={object}
            onChange={(value) => {
              setObject(PropertyObject.parse(value));
              setAdding(false);
            }}
          />
        </div>
        <Loaded query={properties} failed="The properties could not be read" skeleton={<ListSkeleton rows={6} />}>
          {(all) => (
            <>
              <Section
                title="Your own"
                lead="They stand on each record, in lists’ filters and in imports."
                actions={
                  <Button variant="filled" leftSection={<Plus size={15} aria-hidden="true" />} disabled={isAdding} onClick={() => setAdding(true)}>
                    Add a property
                  </Button>
                }
              >
                {isAdding ? <PropertyForm object={object} onAdd={(input) => addProperty(input)} onDone={() => setAdding(false)} /> : null}
                <OwnProperties properties={all.filter((property) => !property.isBuiltIn)} />
              </Section>
              <Section title="Built in">
                <ul className={styles.builtIn}>
                  {all
                    .filter((property) => property.isBuiltIn)
                    .map((property) => (
                      <li key={property.id}>
                        {property.label} <span className={styles.type}>{types[property.type]}</span>
                      </li>
                    ))}
                </ul>
              </Section>
            </>
          )}
        </Loaded>
      </PageBody>
    </Page>
  );
}

function OwnProperties({ properties }: { readonly properties: readonly Property[] }) {
  if (properties.length === 0) {
    return (
      <EmptyState icon={SlidersHorizontal} title="None yet">
        For example the badge number of a colleague, the building of a tenant, or the machine a customer has.
      </EmptyState>
    );
  }
  return (
    <ul className={styles.own}>
      {properties.map((property) => (
        <li key={property.id}>
          <OwnProperty property={property} />
        </li>
      ))}
    </ul>
  );
}

function OwnProperty({ property }: { readonly property: Property }) {
  const queries = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ['properties'] });

  async function remove(): Promise<void> {
    try {
      await removeProperty(property.id);
      await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ['contacts', 'one'] })]);
      showToast(`“${property.label}” was removed`);
    } catch (error) {
      setRemoving(false);
      showProblemToast(problemSentence(error));
    }
  }

  return (
    <div className={styles.property}>
      <div className={styles.what}>
        <InlineText
          label="Name of the property"
          path="label"
          value={property.label}
          placeholder="Name"
          maxLength={120}
          onSave={(label) => changeProperty(property.id, { label }).then(refresh)}
        />
        <span className={styles.type}>{types[property.type]}</span>
        {property.type === 'choice' ? (
          <InlineText
            label={`Choices of ${property.label}, separated by commas`}
            path="options"
            value={property.options.join(', ')}
            placeholder="Add choices"
            onSave={(text) =>
              changeProperty(property.id, {
                options: text
                  .split(',')
                  .map((option) => option.trim())
                  .filter((option) => option !== ''),
              }).then(refresh)
            }
          />
        ) : null}
      </div>
      <Button size="xs" variant="subtle" color="gray" onClick={() => setRemoving(true)}>
        Remove
      </Button>
      <ConfirmByName
        isOpen={isRemoving}
        title="Remove this property"
        name={property.label}
        confirmLabel="Remove"
        onConfirm={() => void remove()}
        onClose={() => setRemoving(false)}
      >
        Its values go from every record. This can’t be undone.
      </ConfirmByName>
    </div>
  );
}
