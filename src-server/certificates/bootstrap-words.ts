// The words of the one page that is read before a phone trusts the desk. It must stand alone, so they are kept here.

import type { SettingsDrawing } from './bootstrap-drawing.tsx';

/** What the page says, in one language. */
export interface BootstrapWords {
  readonly title: string;
  readonly why: string;
  readonly downloadTitle: string;
  readonly download: string;
  /** What the certificate's profile says of itself. */
  readonly profile: string;
  readonly iosSteps: readonly string[];
  readonly androidSteps: readonly string[];
  readonly otherSteps: readonly string[];
  readonly compareTitle: string;
  readonly compare: string;
  readonly goOnTitle: string;
  readonly waiting: string;
  readonly trusted: string;
  readonly goOn: string;
  /** What the phone's settings look like on the way, where they are easily missed. */
  readonly drawings: { readonly ios: readonly SettingsDrawing[]; readonly android: readonly SettingsDrawing[]; readonly other: readonly SettingsDrawing[] };
  readonly otherDevices: { readonly ios: string; readonly android: string; readonly other: string };
}

const english: BootstrapWords = {
  title: 'Connect this phone',
  why: 'Your company’s desk runs on its own computer, so this phone has to learn its certificate once. That takes a minute.',
  downloadTitle: '1. Install the certificate',
  download: 'Download the certificate',
  profile: 'Lets this iPhone recognise the desk of your company. It changes nothing else.',
  iosSteps: [
    'Open this page in Safari, tap the button and tap Allow.',
    'Open Settings. “Profile Downloaded” stands near the top: tap it, then Install, and type the code of your phone. If it is not there: Settings, General, VPN & Device Management.',
    'Then switch the trust on: Settings, General, About, at the very bottom Certificate Trust Settings. Switch on “Doorline on …” and tap Continue.',
    'Come back to this page. Step 3 turns green by itself.',
  ],
  androidSteps: [
    'Tap the button and keep the file.',
    'Open Settings, search for “CA certificate”, and choose to install one anyway.',
    'Pick the downloaded file doorline-authority.crt.',
  ],
  otherSteps: [
    'Download the file and open it.',
    'Windows: Install Certificate, Local Machine, “Trusted Root Certification Authorities”. Mac: add it to the System keychain and set it to Always Trust.',
    'Firefox keeps its own list: Settings, Certificates, Import.',
  ],
  compareTitle: '2. Compare the fingerprint',
  compare:
    'Your phone shows a SHA-256 fingerprint when it installs the certificate. It must be the same as here and on the console. If it is not, stop and ask your administrator.',
  goOnTitle: '3. Go on',
  waiting: 'Waiting until this phone trusts the certificate …',
  trusted: 'This phone trusts the certificate.',
  goOn: 'Continue',
  drawings: {
    ios: [
      { title: 'Settings', rows: [{ label: 'Your name' }, { label: 'Profile Downloaded', mark: 'tap' }, { label: 'Wi-Fi' }] },
      { title: 'Certificate Trust Settings', rows: [{ label: 'Doorline on …', mark: 'switch' }] },
    ],
    android: [{ title: 'Install a certificate', rows: [{ label: 'VPN & app user certificate' }, { label: 'CA certificate', mark: 'tap' }] }],
    other: [],
  },
  otherDevices: { ios: 'iPhone and iPad', android: 'Android', other: 'Computers' },
};

const polish: BootstrapWords = {
  title: 'Połącz ten telefon',
  why: 'Biuro obsługi Twojej firmy działa na jej własnym komputerze, więc telefon musi raz poznać jego certyfikat. Zajmie to minutę.',
  downloadTitle: '1. Zainstaluj certyfikat',
  download: 'Pobierz certyfikat',
  profile: 'Dzięki temu ten iPhone rozpozna biuro obsługi Twojej firmy. Niczego innego nie zmienia.',
  iosSteps: [
    'Otwórz tę stronę w Safari, stuknij przycisk i stuknij Pozwól.',
    'Otwórz Ustawienia. U góry jest „Pobrano profil”: stuknij, potem Zainstaluj, i wpisz kod telefonu. Jeśli go tam nie ma: Ustawienia, Ogólne, VPN i zarządzanie urządzeniem.',
    'Potem włącz zaufanie: Ustawienia, Ogólne, To urządzenie, na samym dole Ustawienia zaufania certyfikatów. Włącz „Doorline on …” i stuknij Dalej.',
    'Wróć na tę stronę. Krok 3 sam zmieni się na zielony.',
  ],
  androidSteps: [
    'Stuknij przycisk i zachowaj plik.',
    'Otwórz Ustawienia, wyszukaj „Certyfikat CA” i mimo ostrzeżenia wybierz instalację.',
    'Wskaż pobrany plik doorline-authority.crt.',
  ],
  otherSteps: [
    'Pobierz plik i otwórz go.',
    'Windows: Zainstaluj certyfikat, Komputer lokalny, „Zaufane główne urzędy certyfikacji”. Mac: dodaj do pęku kluczy System i ustaw Zawsze ufaj.',
    'Firefox ma własną listę: Ustawienia, Certyfikaty, Importuj.',
  ],
  compareTitle: '2. Porównaj odcisk',
  compare: 'Przy instalacji telefon pokazuje odcisk SHA-256. Musi być taki sam jak tutaj i na konsoli. Jeśli nie jest, przerwij i zapytaj administratora.',
  goOnTitle: '3. Przejdź dalej',
  waiting: 'Czekam, aż telefon zaufa certyfikatowi …',
  trusted: 'Ten telefon ufa certyfikatowi.',
  goOn: 'Dalej',
  drawings: {
    ios: [
      { title: 'Ustawienia', rows: [{ label: 'Twoje imię' }, { label: 'Pobrano profil', mark: 'tap' }, { label: 'Wi-Fi' }] },
      { title: 'Ustawienia zaufania certyfikatów', rows: [{ label: 'Doorline on …', mark: 'switch' }] },
    ],
    android: [{ title: 'Zainstaluj certyfikat', rows: [{ label: 'Certyfikat VPN i aplikacji' }, { label: 'Certyfikat CA', mark: 'tap' }] }],
    other: [],
  },
  otherDevices: { ios: 'iPhone i iPad', android: 'Android', other: 'Komputery' },
};

const german: BootstrapWords = {
  title: 'Dieses Telefon verbinden',
  why: 'Der Support Ihrer Firma läuft auf einem eigenen Computer. Darum muss dieses Telefon einmal dessen Zertifikat kennenlernen. Das dauert eine Minute.',
  downloadTitle: '1. Zertifikat installieren',
  download: 'Zertifikat herunterladen',
  profile: 'Damit erkennt dieses iPhone den Support Ihrer Firma. Sonst ändert es nichts.',
  iosSteps: [
    'Öffnen Sie diese Seite in Safari, tippen Sie auf die Schaltfläche und dann auf Zulassen.',
    'Öffnen Sie die Einstellungen. Oben steht „Profil geladen“: Tippen Sie darauf, dann auf Installieren, und geben Sie den Code des Telefons ein. Steht es dort nicht: Einstellungen, Allgemein, VPN und Geräteverwaltung.',
    'Schalten Sie danach das Vertrauen ein: Einstellungen, Allgemein, Info, ganz unten Zertifikatsvertrauenseinstellungen. Schalten Sie „Doorline on …“ ein und tippen Sie auf Fortfahren.',
    'Kommen Sie auf diese Seite zurück. Schritt 3 wird von selbst grün.',
  ],
  androidSteps: [
    'Tippen Sie auf die Schaltfläche und behalten Sie die Datei.',
    'Öffnen Sie die Einstellungen, suchen Sie nach „CA-Zertifikat“ und wählen Sie trotz Warnung Installieren.',
    'Wählen Sie die geladene Datei doorline-authority.crt.',
  ],
  otherSteps: [
    'Laden Sie die Datei herunter und öffnen Sie sie.',
    'Windows: Zertifikat installieren, Lokaler Computer, „Vertrauenswürdige Stammzertifizierungsstellen“. Mac: zum Schlüsselbund „System“ hinzufügen und „Immer vertrauen“ wählen.',
    'Firefox hat eine eigene Liste: Einstellungen, Zertifikate, Importieren.',
  ],
  compareTitle: '2. Fingerabdruck vergleichen',
  compare:
    'Beim Installieren zeigt das Telefon einen SHA-256-Fingerabdruck. Er muss derselbe sein wie hier und auf der Konsole. Wenn nicht, brechen Sie ab und fragen Sie Ihre Administration.',
  goOnTitle: '3. Weiter',
  waiting: 'Warten, bis dieses Telefon dem Zertifikat vertraut …',
  trusted: 'Dieses Telefon vertraut dem Zertifikat.',
  goOn: 'Weiter',
  drawings: {
    ios: [
      { title: 'Einstellungen', rows: [{ label: 'Ihr Name' }, { label: 'Profil geladen', mark: 'tap' }, { label: 'WLAN' }] },
      { title: 'Zertifikatsvertrauenseinstellungen', rows: [{ label: 'Doorline on …', mark: 'switch' }] },
    ],
    android: [{ title: 'Zertifikat installieren', rows: [{ label: 'VPN- und App-Zertifikat' }, { label: 'CA-Zertifikat', mark: 'tap' }] }],
    other: [],
  },
  otherDevices: { ios: 'iPhone und iPad', android: 'Android', other: 'Computer' },
};

const languages: Readonly<Record<string, BootstrapWords>> = { en: english, pl: polish, de: german };

/** The first language of `Accept-Language` we have; English otherwise. */
export function chooseWords(acceptLanguage: string | undefined): { readonly language: string; readonly words: BootstrapWords } {
  const wanted = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  const language = wanted.find((code) => Object.hasOwn(languages, code)) ?? 'en';
  return { language, words: languages[language] ?? english };
}
