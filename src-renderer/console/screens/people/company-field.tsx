import { ActionIcon, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { CompanyPicker, type PickedCompany } from './company-picker.tsx';
import styles from './company-field.module.css';

/** The company of a person: a link, and another one to choose. */
export function CompanyField({ company, onSave }: { readonly company: PickedCompany | null; readonly onSave: (id: string | null) => Promise<void> }) {
  const [isChoosing, setChoosing] = useState(false);

  function choose(next: PickedCompany | null): void {
    onSave(next?.id ?? null)
      .then(() => setChoosing(false))
      .catch((error: unknown) => showProblemToast(problemSentence(error)));
  }

  if (isChoosing) {
    return (
      <div className={styles.picker}>
        <CompanyPicker label="Company" value={company} onChange={choose} />
        <Button size="xs" onClick={() => setChoosing(false)}>
          Leave it
        </Button>
      </div>
    );
  }
  return (
    <span className={styles.field}>
      {company === null ? (
        <button type="button" className={styles.add} onClick={() => setChoosing(true)}>
          Choose a company
        </button>
      ) : (
        <>
          <Link to="/people/companies/$companyId" params={{ companyId: company.id }} className={styles.link ?? ''}>
            <bdi>{company.name}</bdi>
          </Link>
          <ActionIcon size={24} aria-label="Choose another company" onClick={() => setChoosing(true)}>
            <Pencil size={13} aria-hidden="true" />
          </ActionIcon>
        </>
      )}
    </span>
  );
}
