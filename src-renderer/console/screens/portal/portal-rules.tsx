import { Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PortalSettings } from '#server/portal/portal.contract.ts';
import { inboxesQuery } from '../../../api/conversations.ts';
import { NumberField, SelectField, SwitchField } from '../../../ui/fields.tsx';
import { Section } from '../../../ui/page.tsx';
import type { FormProps } from '../../form-props.ts';
import styles from './portal-screen.module.css';

const firstInbox = '';

/** What members see and may do. */
export function PortalRules({ draft, problems, onEdit }: FormProps<PortalSettings>) {
  const inboxes = useQuery(inboxesQuery);
  const names = (inboxes.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Section title="Tickets" lead="Which tickets a member sees, and what they read of them. Notes never show, on any page.">
        <div className={styles.fields}>
          <Radio.Group
            label="A member sees"
            value={draft.visibility}
            onChange={(value) => onEdit({ visibility: PortalSettings.shape.visibility.unwrap().parse(value) })}
          >
            <div className={styles.radios}>
              <Radio value="own" label="Their own tickets" />
              <Radio
                value="company"
                label="All tickets of their company"
                description="With a switch between their own and the organisation’s. Single members can be set otherwise."
              />
            </div>
          </Radio.Group>
          <Radio.Group
            label="A ticket’s status reads"
            value={draft.statusNames}
            onChange={(value) => onEdit({ statusNames: PortalSettings.shape.statusNames.unwrap().parse(value) })}
          >
            <div className={styles.radios}>
              <Radio value="open-closed" label="Open or Closed" />
              <Radio
                value="stages"
                label="The stage’s own name for customers"
                description={
                  <>
                    Written under <Link to="/portal/pipelines">Pipelines and inboxes</Link>; stages without one read Open or Closed.
                  </>
                }
              />
            </div>
          </Radio.Group>
          <SwitchField
            label="Show every conversation of a ticket"
            hint="Off: when a ticket has several, only the newest."
            checked={draft.showAllThreads}
            onChange={(showAllThreads) => onEdit({ showAllThreads })}
          />
        </div>
      </Section>
      <Section title="Writing to you">
        <div className={styles.fields}>
          <SwitchField
            label="Members may file tickets"
            hint="Off: they follow and answer what you opened for them."
            checked={draft.canFileTickets}
            onChange={(canFileTickets) => onEdit({ canFileTickets })}
          />
          <SelectField
            label="Inbox"
            hint="For new tickets, and for replies to tickets that had no conversation yet."
            value={draft.inboxId ?? firstInbox}
            choices={[{ value: firstInbox, label: names[0] === undefined ? 'The first one' : `The first one (${names[0].label})` }, ...names]}
            problem={problems['inboxId']}
            onChange={(inboxId) => onEdit({ inboxId: inboxId === firstInbox ? null : inboxId })}
          />
          <NumberField
            label="Largest file"
            hint="For customers and for the team, 1 to 200 MB."
            value={draft.maxAttachmentMegabytes}
            min={1}
            max={200}
            suffix=" MB"
            problem={problems['maxAttachmentMegabytes']}
            onChange={(maxAttachmentMegabytes) => onEdit({ maxAttachmentMegabytes: maxAttachmentMegabytes ?? 0 })}
          />
        </div>
      </Section>
      <Section title="Safety">
        <div className={styles.fields}>
          <NumberField
            label="Sign out after"
            hint="Minutes without a click. Members are warned before, and nothing they typed is lost."
            value={draft.idleMinutes}
            min={5}
            max={43_200}
            suffix=" minutes"
            problem={problems['idleMinutes']}
            onChange={(idleMinutes) => onEdit({ idleMinutes: idleMinutes ?? 0 })}
          />
        </div>
      </Section>
    </>
  );
}
