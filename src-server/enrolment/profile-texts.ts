import type { SetupLanguage } from './enrolment.contract.ts';

// What an iPhone shows while the profile is installed. It asks for a yes to the consent, so that is the privacy notice.

interface ProfileTexts {
  readonly name: string;
  readonly description: string;
  readonly consent: (desk: string, leaseDays: number | null) => string;
}

const english: ProfileTexts = {
  name: 'Doorline caller ID',
  description: 'Adds the contacts of your desk, so that your iPhone shows who is calling.',
  consent: (desk, leaseDays) =>
    [
      `This adds an address book with the customers of ${desk} to your iPhone: their names, companies and telephone numbers. They are read from a computer in your office, over the office network only.`,
      'Apps that you allow to read your contacts, such as messengers, can read these too. Your own contacts are neither read nor changed.',
      leaseDays === null
        ? 'You can remove it at any time under Settings, General, VPN & Device Management.'
        : `It removes itself after ${leaseDays} days unless you install it again. You can remove it earlier under Settings, General, VPN & Device Management.`,
    ].join('\n\n'),
};

const polish: ProfileTexts = {
  name: 'Doorline: kto dzwoni',
  description: 'Dodaje kontakty biura obsługi, żeby iPhone pokazywał, kto dzwoni.',
  consent: (desk, leaseDays) =>
    [
      `To dodaje do iPhone’a książkę adresową z klientami ${desk}: ich imiona i nazwiska, firmy i numery telefonów. Są czytane z komputera w biurze i tylko w sieci biurowej.`,
      'Aplikacje, którym pozwalasz czytać kontakty, na przykład komunikatory, przeczytają także te. Twoje własne kontakty nie są ani czytane, ani zmieniane.',
      leaseDays === null
        ? 'Możesz to usunąć w każdej chwili: Ustawienia, Ogólne, VPN i zarządzanie urządzeniem.'
        : `Profil usunie się sam po ${leaseDays} dniach, chyba że zainstalujesz go ponownie. Wcześniej usuniesz go tutaj: Ustawienia, Ogólne, VPN i zarządzanie urządzeniem.`,
    ].join('\n\n'),
};

const german: ProfileTexts = {
  name: 'Doorline: wer ruft an',
  description: 'Fügt die Kontakte Ihres Supports hinzu, damit Ihr iPhone zeigt, wer anruft.',
  consent: (desk, leaseDays) =>
    [
      `Damit kommt ein Adressbuch mit den Kunden von ${desk} auf Ihr iPhone: Namen, Firmen und Telefonnummern. Es wird von einem Computer in Ihrem Büro gelesen, nur im Netz des Büros.`,
      'Apps, denen Sie Ihre Kontakte erlauben, etwa Messenger, können auch diese lesen. Ihre eigenen Kontakte werden weder gelesen noch geändert.',
      leaseDays === null
        ? 'Sie können es jederzeit entfernen: Einstellungen, Allgemein, VPN und Geräteverwaltung.'
        : `Es entfernt sich nach ${leaseDays} Tagen selbst, wenn Sie es nicht erneut installieren. Früher entfernen Sie es hier: Einstellungen, Allgemein, VPN und Geräteverwaltung.`,
    ].join('\n\n'),
};

/** By language. */
export const profileTexts: Readonly<Record<SetupLanguage, ProfileTexts>> = { en: english, pl: polish, de: german };
