import type { RefusalWords } from './refusals-en.ts';

export const polishRefusals: RefusalWords = {
  'account-to-load': 'Konto na tym telefonie trzeba wczytać od nowa: otwórz „Rozpoznawanie na ekranie połączenia” i wykonaj kolejne kroki.',
  'cursor-gone': 'Biuro nie wie już, co jest na tym telefonie. Wybierz „Wczytaj wszystko od nowa”.',
  'database-damaged': 'Niczego nie zmieniono, bo część danych biura jest uszkodzona. Powiedz o tym administratorowi.',
  'device-moved-on': 'Biuro odłączyło w międzyczasie ten telefon.',
  'device-wiping': 'Biuro właśnie czyści ten telefon.',
  'disk-broken': 'Niczego nie zmieniono, bo komputer biura nie może zapisywać na dysku. Powiedz o tym administratorowi.',
  'disk-full': 'Niczego nie zmieniono, bo dysk komputera biura jest pełny. Powiedz o tym administratorowi.',
  'idempotency-key-used-twice': 'To zostało już wysłane z inną treścią. Zapisz jeszcze raz.',
  internal: 'W biurze coś się nie udało i niczego nie zmieniono. Spróbuj ponownie. Jeśli to się powtórzy, podaj administratorowi:',
  'invalid-input': 'Biuro nie przyjmuje tego w tej postaci. Sprawdź, co zostało wpisane.',
  'no-account-yet': 'Ten telefon nie ma jeszcze konta biura. Wykonaj najpierw kroki powyżej, a potem zadzwoń na próbę.',
  'not-found': 'Tego już nie ma.',
  'not-paired': 'Ten telefon nie jest już połączony z biurem. Poproś o kod i zeskanuj go.',
  'other-network':
    'Ten telefon nie jest w sieci biurowej. Połącz go z biurowym Wi-Fi i spróbuj ponownie albo poproś administratora o dopuszczenie telefonów z innych sieci.',
  'pairing-gone': 'Ten kod został już użyty albo jest za stary. Poproś o nowy na komputerze i zeskanuj go.',
  'pairing-locked': 'Podano zbyt wiele błędnych kodów. Poczekaj dziesięć minut, potem zeskanuj nowy.',
  'pairing-waits': 'Administrator musi jeszcze porównać sześć cyfr i zatwierdzić.',
  'too-many-accounts': 'W ciągu ostatniej godziny ten telefon zbyt często tworzył nowe konto. Poczekaj godzinę i spróbuj ponownie.',
  'too-many-full-reads': 'W ciągu ostatniej godziny ten telefon zbyt często czytał wszystkie kontakty. Poczekaj godzinę i spróbuj ponownie.',
  unreadable: 'To, co wysłał ten telefon, dotarło do biura uszkodzone. Spróbuj ponownie.',
  fields: { contactId: 'Tego kontaktu już nie ma. Wybierz inny.' },
};
