import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { PortalSettings } from '#server/portal/portal.contract.ts';
import type { Pipeline } from '#server/tickets/tickets.contract.ts';
import { inboxesQuery } from '../../../api/conversations.ts';
import { portalSettingsQuery } from '../../../api/portal.ts';
import { pipelinesQuery } from '../../../api/tickets.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Section } from '../../../ui/page.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { InboxEditor, NewInbox } from './inbox-editor.tsx';
import type { PipelineDraft } from './pipeline-draft.ts';
import { PipelineEditor } from './pipeline-editor.tsx';
import styles from './pipelines-screen.module.css';
import { PortalFrame } from './portal-frame.tsx';

/** The way a ticket goes, and where conversations arrive. */
export function PipelinesScreen() {
  const pipelines = useQuery(pipelinesQuery);
  const settings = useQuery(portalSettingsQuery);
  return (
    <PortalFrame>
      <div className={styles.scroller}>
        <Loaded query={pipelines} failed="The pipelines could not be read" skeleton={<FormSkeleton fields={6} />}>
          {(found) => (
            <>
              <Pipelines pipelines={found} languages={languagesOf(settings.data)} />
              <Inboxes pipelines={found} />
            </>
          )}
        </Loaded>
      </div>
    </PortalFrame>
  );
}

function languagesOf(settings: PortalSettings | undefined): readonly string[] {
  if (settings === undefined) return ['en'];
  return [settings.defaultLanguage, ...settings.languages.filter((language) => language !== settings.defaultLanguage)];
}

const fresh: PipelineDraft = {
  name: '',
  stages: [
    { key: 'new', name: 'New', isOpen: true, publicName: {}, turn: 'team' },
    { key: 'waiting', name: 'Waiting for the customer', isOpen: true, publicName: {}, turn: 'customer' },
    { key: 'closed', name: 'Closed', isOpen: false, publicName: {}, turn: null },
  ],
};

function Pipelines({ pipelines, languages }: { readonly pipelines: readonly Pipeline[]; readonly languages: readonly string[] }) {
  const [isAdding, setAdding] = useState(false);
  return (
    <Section
      title="Pipelines"
      lead="A pipeline is the row of stages a ticket goes through. Each stage counts as open or closed, and can have a name of its own for customers."
      actions={
        <Button leftSection={<Plus size={15} aria-hidden="true" />} disabled={isAdding} onClick={() => setAdding(true)}>
          Add a pipeline
        </Button>
      }
    >
      <div className={styles.stack}>
        {pipelines.map((pipeline) => (
          <PipelineEditor key={pipeline.id} pipeline={pipeline} languages={languages} />
        ))}
        {isAdding ? <PipelineEditor start={fresh} languages={languages} onDone={() => setAdding(false)} /> : null}
      </div>
    </Section>
  );
}

function Inboxes({ pipelines }: { readonly pipelines: readonly Pipeline[] }) {
  const inboxes = useQuery(inboxesQuery);
  const [isAdding, setAdding] = useState(false);
  return (
    <Section
      title="Inboxes"
      lead="Where conversations arrive. New tickets of an inbox start at its stage."
      actions={
        <Button leftSection={<Plus size={15} aria-hidden="true" />} disabled={isAdding} onClick={() => setAdding(true)}>
          Add an inbox
        </Button>
      }
    >
      <Loaded query={inboxes} failed="The inboxes could not be read" skeleton={<FormSkeleton fields={2} />}>
        {(found) => (
          <ul className={styles.inboxes}>
            {found.map((inbox) => (
              <li key={inbox.id}>
                <InboxEditor inbox={inbox} pipelines={pipelines} />
              </li>
            ))}
            {isAdding ? (
              <li>
                <NewInbox pipelines={pipelines} onDone={() => setAdding(false)} />
              </li>
            ) : null}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
