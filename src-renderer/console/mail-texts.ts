// The words of mails to customers, from the same files that the server writes its mails with. Each language is loaded when
// it is first shown.

export interface MailTexts {
  readonly subject: string;
  readonly text: string;
}

interface Locale {
  readonly mail: { readonly invitation: MailTexts };
}

const locales = import.meta.glob<Locale>('../../resources/locales/*/portal.json', { import: 'default' });

/** The invitation in a language; in English when there is none. */
export async function invitationTexts(language: string): Promise<MailTexts> {
  const load = locales[`../../resources/locales/${language}/portal.json`] ?? locales['../../resources/locales/en/portal.json'];
  if (load === undefined) throw new Error('The texts of mails are missing from this build.');
  return (await load()).mail.invitation;
}

/** Puts values where `{{name}}` stands; what has no value stays as it is. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/gu, (placeholder, name: string) => values[name] ?? placeholder);
}
