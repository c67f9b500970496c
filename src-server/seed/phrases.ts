/** What people write to a desk, by language. `{n}` is a small number. */
export interface Phrases {
  readonly subjects: readonly string[];
  readonly requests: readonly string[];
  readonly details: readonly string[];
  readonly answers: readonly string[];
  readonly thanks: readonly string[];
}

const english: Phrases = {
  subjects: [
    'Heating in flat {n} stays cold',
    'Lift stuck on floor {n}',
    'Invoice {n} shows the wrong address',
    'Can’t sign in since this morning',
    'Leak under the kitchen sink',
    'Key card no longer opens door {n}',
    'Question about my contract',
    'Internet is slow in the evenings',
    'Please change my bank details',
    'Printer on floor {n} jams',
    'Parking space {n} is always taken',
    'Noise from the ventilation',
    'Order {n} has not arrived',
    'Request for a second set of keys',
  ],
  requests: [
    'Good morning, this started on Monday and has not gone away since.',
    'Hello, could somebody have a look at this, please?',
    'I already tried switching it off and on again, without success.',
    'We are at home after 4 pm every day this week.',
    'It is not urgent, but it would be good to know when it can be mended.',
  ],
  details: [
    'The number on the sticker is {n}.',
    'My neighbour in {n} has the same.',
    'I have attached nothing, but I can send photos.',
    'Please ring before you come.',
  ],
  answers: [
    'Thank you for telling us. A technician will come on Thursday between 9 and 12.',
    'We have passed this on and will write again as soon as we know more.',
    'Could you send us a photo of the label, please?',
    'This has been mended today. Please tell us if it comes back.',
  ],
  thanks: ['Thank you, it works again.', 'That suits me, see you then.', 'Any news about this?'],
};

const polish: Phrases = {
  subjects: [
    'Kaloryfer w mieszkaniu {n} jest zimny',
    'Winda stoi na piętrze {n}',
    'Błędny adres na fakturze {n}',
    'Od rana nie mogę się zalogować',
    'Cieknie pod zlewem w kuchni',
    'Karta nie otwiera drzwi nr {n}',
    'Pytanie o umowę najmu',
    'Wieczorami bardzo wolny internet',
    'Zmiana numeru konta',
    'Zacina się drukarka na piętrze {n}',
    'Zajęte miejsce parkingowe {n}',
    'Hałas z wentylacji',
    'Zamówienie {n} nie dotarło',
    'Proszę o drugi komplet kluczy',
  ],
  requests: [
    'Dzień dobry, zaczęło się w poniedziałek i trwa do dziś.',
    'Proszę o sprawdzenie, co się dzieje.',
    'Wyłączałem i włączałem ponownie, niestety bez skutku.',
    'W tym tygodniu jesteśmy w domu codziennie po 16.',
    'To nic pilnego, ale chciałabym wiedzieć, kiedy będzie naprawione.',
  ],
  details: ['Na naklejce jest numer {n}.', 'U sąsiadów spod {n} jest tak samo.', 'W razie potrzeby prześlę zdjęcia.', 'Proszę zadzwonić przed przyjściem.'],
  answers: [
    'Dziękujemy za zgłoszenie. Technik przyjdzie w czwartek między 9 a 12.',
    'Przekazaliśmy sprawę i odezwiemy się, gdy tylko będziemy wiedzieć więcej.',
    'Czy może Pan przesłać zdjęcie tabliczki?',
    'Usterka została dziś usunięta. Prosimy o wiadomość, gdyby wróciła.',
  ],
  thanks: ['Dziękuję, już działa.', 'Pasuje mi ten termin, do zobaczenia.', 'Czy wiadomo już coś więcej?'],
};

const german: Phrases = {
  subjects: [
    'Heizung in Wohnung {n} bleibt kalt',
    'Aufzug steckt im {n}. Stock fest',
    'Falsche Adresse auf Rechnung {n}',
    'Anmeldung geht seit heute früh nicht',
    'Wasser unter der Spüle',
    'Schlüsselkarte öffnet Tür {n} nicht mehr',
    'Frage zum Mietvertrag',
    'Abends sehr langsames Internet',
    'Bitte Bankverbindung ändern',
    'Drucker im {n}. Stock klemmt',
    'Stellplatz {n} ist ständig besetzt',
    'Lüftung rauscht zu laut',
    'Bestellung {n} nicht angekommen',
    'Zweiter Schlüsselbund gewünscht',
  ],
  requests: [
    'Guten Tag, das ist seit Montag so und hört nicht auf.',
    'Könnte sich das bitte jemand ansehen?',
    'Aus- und Einschalten hat leider nicht geholfen.',
    'Wir sind diese Woche täglich ab 16 Uhr zu Hause.',
    'Es eilt nicht, aber ich wüsste gern, wann es repariert wird.',
  ],
  details: [
    'Auf dem Aufkleber steht die Nummer {n}.',
    'Bei den Nachbarn in {n} ist es genauso.',
    'Fotos kann ich gern schicken.',
    'Bitte rufen Sie vorher an.',
  ],
  answers: [
    'Danke für die Meldung. Am Donnerstag kommt zwischen 9 und 12 Uhr ein Techniker.',
    'Wir haben es weitergegeben und melden uns, sobald wir mehr wissen.',
    'Könnten Sie uns ein Foto vom Typenschild schicken?',
    'Das ist heute behoben worden. Bitte melden Sie sich, falls es wiederkommt.',
  ],
  thanks: ['Danke, es funktioniert wieder.', 'Das passt mir, bis dann.', 'Gibt es schon etwas Neues?'],
};

export function phrasesIn(language: string): Phrases {
  if (language === 'pl') return polish;
  return language === 'de' ? german : english;
}

/** What only the team reads. */
export const noteTexts: readonly string[] = [
  'Called the plumber, he needs the key from reception.',
  'Second report from this house this month.',
  'Customer prefers to be called in the afternoon.',
  'Waiting for the spare part, order is with the supplier.',
  'Warranty ends in March, check before ordering.',
];
