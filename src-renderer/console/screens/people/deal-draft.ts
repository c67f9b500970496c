import type { z } from 'zod';
import type { Deal, DealInput } from '#server/people/people.contract.ts';
import type { PickedCompany } from './company-picker.tsx';
import type { PickedContact } from './contact-picker.tsx';

/** A deal as its form holds it. */
export interface DealDraft {
  readonly name: string;
  readonly amount: string;
  readonly currency: string;
  readonly stage: string;
  readonly isOpen: boolean;
  readonly company: PickedCompany | null;
  readonly people: readonly PickedContact[];
  readonly closeDate: string;
}

export function newDeal(start: Partial<DealDraft> = {}): DealDraft {
  return { name: '', amount: '', currency: 'EUR', stage: '', isOpen: true, company: null, people: [], closeDate: '', ...start };
}

/** The people of an existing deal are known by id only; their names are read where they are shown. */
export function draftOfDeal(deal: Deal): DealDraft {
  return {
    name: deal.name,
    amount: deal.value?.amount ?? '',
    currency: deal.value?.currency ?? 'EUR',
    stage: deal.stage ?? '',
    isOpen: deal.isOpen,
    company: deal.company,
    people: deal.contactIds.map((id) => ({ id, name: '' })),
    closeDate: deal.closeDate ?? '',
  };
}

/** What the server is asked to keep. An amount may be written with a comma or with spaces; an empty one is none. */
export function inputOf(draft: DealDraft): z.input<typeof DealInput> {
  const amount = draft.amount.replace(/[\s\u00A0']/gu, '').replace(',', '.');
  return {
    name: draft.name,
    value: amount === '' ? null : { amount, currency: draft.currency },
    stage: draft.stage.trim() === '' ? null : draft.stage,
    isOpen: draft.isOpen,
    companyId: draft.company?.id ?? null,
    contactIds: draft.people.map((contact) => contact.id),
    closeDate: draft.closeDate === '' ? null : draft.closeDate,
  };
}
