import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { PbxSource } from '#server/pbx/pbx.contract.ts';
import { changePbx, pbxSourceQuery, renewPbxKey } from '../../../api/pbx.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { KeyValue } from '../../../ui/key-value.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { RecordName, RecordPage, RecordPart } from '../people/record-page.tsx';
import { addressesOf, DetailsFields, type SystemDraft } from './details-fields.tsx';
import { FirstRequest } from './first-request.tsx';
import { wordsOf } from './kinds.ts';
import { PhoneBookFile } from './phone-book-file.tsx';
import { RequestsPart } from './requests-part.tsx';
import { SelfTestPart } from './self-test.tsx';
import { SetupTexts } from './setup-texts.tsx';
import { SystemEnd } from './system-end.tsx';
import styles from './system-parts.module.css';
import { SystemState } from './system-state.tsx';

const route = getRouteApi('/desk-phones/$sourceId');
const back = { to: '/desk-phones', label: 'Desk phones and PBX' } as const;

const skeleton = (
  <RecordPage back={back} details={<FormSkeleton />}>
    <FormSkeleton />
  </RecordPage>
);

/** One system: whether it is heard of, its configuration, what it may list, and its end. */
export function SystemScreen() {
  const { sourceId } = route.useParams();
  const source = useQuery(pbxSourceQuery(sourceId));
  return (
    <Loaded query={source} failed="The system could not be read" skeleton={skeleton}>
      {(found) => (
        <RecordPage key={found.id} back={back} aside={<SystemState source={found} />} details={<SystemFacts source={found} />}>
          {found.state === 'active' ? (
            <>
              <KeyPart source={found} />
              {found.kind === 'fritzbox' ? (
                <RecordPart title="Phone book as a file">
                  <PhoneBookFile sourceId={found.id} />
                </RecordPart>
              ) : null}
              <DetailsPart source={found} />
            </>
          ) : null}
          <RequestsPart sourceId={found.id} />
          <SystemEnd source={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function SystemFacts({ source }: { readonly source: PbxSource }) {
  return (
    <>
      <RecordName name={source.name}>{wordsOf(source.kind).name}</RecordName>
      <RecordPart title="Details">
        <KeyValue
          labelWidth={120}
          rows={[
            ['Connected', <RelativeTime key="created" at={source.createdAt} />],
            ['First request', source.firstUsedAt === null ? 'None yet' : <RelativeTime key="first" at={source.firstUsedAt} />],
            ['Last request', source.lastUsedAt === null ? null : <RelativeTime key="last" at={source.lastUsedAt} />],
            [
              'From',
              source.lastIp === null ? null : (
                <bdi key="ip" dir="ltr">
                  {source.lastIp}
                </bdi>
              ),
            ],
            ['Numbers in scope', source.state === 'active' ? source.numbersInScope.toLocaleString('en') : null],
            ['Revoked', source.revokedAt === null ? null : <RelativeTime key="revoked" at={source.revokedAt} />],
          ]}
        />
      </RecordPart>
    </>
  );
}

/** A new key with its configuration. Only a hash of the present one is kept, so it can’t be shown again. */
function KeyPart({ source }: { readonly source: PbxSource }) {
  const renew = useMutation({ mutationFn: () => renewPbxKey(source.id) });
  return (
    <RecordPart title="Configuration and test">
      <div className={styles.stack}>
        {renew.data === undefined ? (
          <>
            <p className={styles.quiet}>The key was shown once. A new one comes with its configuration; the old one is dead at once.</p>
            <Button loading={renew.isPending} onClick={() => renew.mutate()}>
              Make a new key
            </Button>
            <ProblemSummary error={renew.error} title="There is no new key" />
          </>
        ) : (
          <>
            <SetupTexts connected={renew.data} />
            <SelfTestPart sourceId={source.id} secret={renew.data.key} />
          </>
        )}
        <FirstRequest source={source} />
      </div>
    </RecordPart>
  );
}

function draftOf({ name, scope, extensions, mostEntries, addresses }: PbxSource): SystemDraft {
  return { name, scope, extensions, mostEntries, addresses: addresses.join(', ') };
}

function DetailsPart({ source }: { readonly source: PbxSource }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<SystemDraft>();
  const save = useMutation({
    mutationFn: (changed: SystemDraft) => changePbx(source.id, { ...changed, addresses: addressesOf(changed.addresses) }),
    async onSuccess(saved) {
      setDraft(undefined);
      queries.setQueryData(pbxSourceQuery(source.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['pbx', 'list'] });
      showToast('Saved');
    },
  });
  const shown = draft ?? draftOf(source);
  return (
    <RecordPart title="What it may, and whose it is">
      <div className={styles.stack}>
        <DetailsFields kind={source.kind} draft={shown} problems={fieldProblems(save.error)} onEdit={(patch) => setDraft({ ...shown, ...patch })} />
        <ProblemSummary error={save.error} title="This was not saved" labels={{ name: 'What to call it', 'scope.listIds': 'Lists' }} />
        {draft === undefined ? null : (
          <div className={styles.buttons}>
            <Button variant="filled" loading={save.isPending} onClick={() => save.mutate(draft)}>
              Save
            </Button>
            <Button onClick={() => setDraft(undefined)}>Leave it as it was</Button>
          </div>
        )}
      </div>
    </RecordPart>
  );
}
