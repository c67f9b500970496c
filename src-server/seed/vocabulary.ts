/** The countries that made-up people live in. */
export type Region = 'PL' | 'DE' | 'GB';

/** Words that names, companies and places are made of. Real ones, so that search meets real letters and endings. */
export interface Vocabulary {
  readonly language: string;
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly surnames: readonly string[];
  readonly companyNames: readonly string[];
  readonly companyKinds: readonly string[];
  readonly legalForms: readonly string[];
  readonly cities: readonly string[];
  readonly jobs: readonly string[];
  readonly domain: string;
  readonly mailServices: readonly string[];
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim());
}

const poland: Vocabulary = {
  language: 'pl',
  women: words(
    'Anna,Maria,Katarzyna,Małgorzata,Agnieszka,Barbara,Ewa,Krystyna,Elżbieta,Zofia,Joanna,Magdalena,Monika,Aleksandra,Natalia,Łucja,Żaneta,Beata,Dorota,Grażyna,Halina,Iwona,Jadwiga,Karolina,Justyna,Paulina,Sylwia,Wiktoria,Zuzanna,Hanna',
  ),
  men: words(
    'Piotr,Krzysztof,Andrzej,Tomasz,Jan,Paweł,Michał,Marcin,Stanisław,Jakub,Adam,Marek,Łukasz,Grzegorz,Mateusz,Wojciech,Mariusz,Dariusz,Zbigniew,Jerzy,Maciej,Rafał,Robert,Kamil,Józef,Dawid,Szymon,Kacper,Bartosz,Ryszard',
  ),
  surnames: words(
    'Nowak,Kowalski,Wiśniewski,Wójcik,Kowalczyk,Kamiński,Lewandowski,Zieliński,Szymański,Woźniak,Dąbrowski,Kozłowski,Jankowski,Mazur,Wojciechowski,Kwiatkowski,Krawczyk,Kaczmarek,Piotrowski,Grabowski,Zając,Pawłowski,Michalski,Król,Wieczorek,Jabłoński,Wróbel,Nowakowski,Majewski,Olszewski,Stępień,Malinowski,Jaworski,Adamczyk,Dudek,Nowicki,Pawlak,Górski,Witkowski,Walczak,Sikora,Baran,Rutkowski,Michalak,Szewczyk,Ostrowski,Tomaszewski,Pietrzak,Zalewski,Wróblewski,Marciniak,Jasiński,Zawadzki,Bąk,Jakubowski,Sadowski,Duda,Włodarczyk,Wilk,Chmielewski,Borkowski,Sokołowski,Szczepański,Sawicki,Kucharski,Lis,Maciejewski,Kubiak,Kalinowski,Mazurek,Wysocki,Kołodziej,Kaźmierczak,Czarnecki,Sobczak,Konieczny,Urbański,Głowacki,Wasilewski,Sikorski,Zakrzewski,Krajewski,Krupa,Łaski,Łukasik,Ziółkowski,Gajewski,Mróz,Szulc,Śliwiński,Żak,Ćwik',
  ),
  companyNames: words(
    'Zielone Tarasy,Dębowy Dwór,Słoneczna,Nad Wisłą,Stara Łaźnia,Biały Kamień,Cztery Pory,Łąkowa,Przystań,Pod Lipami,Żuraw,Świt,Kasztanowa,Nowy Rynek,Trzy Mosty,Górka,Perła,Bursztyn,Orion,Wawel,Bałtyk,Tatry,Mazury,Pomorze,Karpaty',
  ),
  companyKinds: words('Zarządzanie,Nieruchomości,Serwis,Wspólnota,Instalacje,Logistyka,Budownictwo,Finanse,Transport,Apteka,Przychodnia,Szkoła,Hotel,Druk'),
  legalForms: words('sp. z o.o.,S.A.,sp.k.,s.c.,'),
  cities: words(
    'Warszawa,Kraków,Łódź,Wrocław,Poznań,Gdańsk,Szczecin,Bydgoszcz,Lublin,Białystok,Katowice,Gdynia,Częstochowa,Radom,Toruń,Rzeszów,Olsztyn,Zielona Góra',
  ),
  jobs: words('Lokator,Zarządca,Księgowa,Kierownik biura,Dyrektor,Konserwator,Recepcja,Właściciel'),
  domain: 'pl',
  mailServices: words('gmail.com,wp.pl,onet.pl,o2.pl,interia.pl'),
};

const germany: Vocabulary = {
  language: 'de',
  women: words(
    'Ursula,Petra,Monika,Sabine,Andrea,Claudia,Susanne,Birgit,Stefanie,Anja,Katrin,Jutta,Bärbel,Käthe,Sophie,Lena,Laura,Johanna,Greta,Frieda,Heike,Gisela,Renate,Nicole,Melanie,Jana,Lea,Mia,Emma,Hannah',
  ),
  men: words(
    'Peter,Michael,Thomas,Andreas,Wolfgang,Klaus,Jürgen,Günter,Stefan,Christian,Uwe,Werner,Horst,Frank,Dieter,Manfred,Jörg,Götz,Björn,Sören,Matthias,Sebastian,Florian,Tobias,Lukas,Jonas,Felix,Maximilian,Paul,Emil',
  ),
  surnames: words(
    'Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,Wolf,Schröder,Neumann,Schwarz,Zimmermann,Braun,Krüger,Hofmann,Hartmann,Lange,Schmitt,Werner,Schmitz,Krause,Meier,Lehmann,Schmid,Schulze,Maier,Köhler,Herrmann,König,Walter,Mayer,Huber,Kaiser,Fuchs,Peters,Lang,Scholz,Möller,Weiß,Jung,Hahn,Schubert,Vogel,Friedrich,Keller,Günther,Frank,Berger,Winkler,Roth,Beck,Lorenz,Baumann,Franke,Albrecht,Schuster,Simon,Ludwig,Böhm,Winter,Kraus,Martin,Schumacher,Krämer,Vogt,Stein,Jäger,Otto,Sommer,Groß,Seidel,Heinrich,Brandt,Haas,Schreiber,Graf,Dietrich,Ziegler,Kuhn,Kühn,Pohl,Engel,Horn,Busch,Bergmann,Mueller,Strauß',
  ),
  companyNames: words(
    'Am Tor,Lindenhof,Sonnenberg,Rheinblick,Alte Mühle,Drei Brücken,Grüner Winkel,Seestern,Kastanienhof,Nordlicht,Südwind,Bergfried,Marienplatz,Hafenkante,Königsallee,Waldhaus,Elbufer,Isartal,Schlossgarten,Stadttor',
  ),
  companyKinds: words('Hausverwaltung,Immobilien,Technik,Bau,Logistik,Haustechnik,Elektro,Praxis,Apotheke,Schule,Verlag,Großhandel,Gartenbau,Versicherungen'),
  legalForms: words('GmbH,AG,GmbH & Co. KG,KG,e. V.,'),
  cities: words(
    'Berlin,Hamburg,München,Köln,Frankfurt am Main,Stuttgart,Düsseldorf,Leipzig,Dortmund,Essen,Bremen,Dresden,Hannover,Nürnberg,Münster,Lübeck,Görlitz,Würzburg',
  ),
  jobs: words('Mieter,Hausverwalter,Buchhaltung,Geschäftsführung,Hausmeister,Empfang,Eigentümer,Einkauf'),
  domain: 'de',
  mailServices: words('gmail.com,gmx.de,web.de,t-online.de,posteo.de'),
};

const britain: Vocabulary = {
  language: 'en',
  women: words(
    'Olivia,Amelia,Isla,Ava,Emily,Grace,Sophia,Mia,Ella,Evie,Charlotte,Alice,Ruby,Lucy,Eleanor,Siobhán,Niamh,Chloë,Zoë,Margaret,Susan,Patricia,Linda,Karen,Priya,Fatima,Aisha,Mei,Gwendolen,Rhiannon',
  ),
  men: words(
    'Oliver,George,Harry,Noah,Jack,Leo,Arthur,Oscar,Henry,Charlie,Thomas,William,James,Edward,Samuel,Alfie,Seán,Rhys,Hamish,Callum,Mohammed,Ravi,Wei,Kwame,David,Paul,Mark,Andrew,Stephen,Ian',
  ),
  surnames: words(
    "Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Robinson,Wright,Thompson,Evans,Walker,White,Roberts,Green,Hall,Wood,Jackson,Clarke,Patel,Khan,Lewis,James,Phillips,Mason,Mitchell,Rose,Davis,Rodríguez,Cox,Alexander,O'Brien,O'Connor,O'Neill,MacDonald,McGregor,Fitzgerald,Begum,Hussain,Ali,Ahmed,Chowdhury,Singh,Kaur,Okafor,Adeyemi,Chen,Wang,Nguyen,Ferguson,Campbell,Stewart,Murray,Reid,Hughes,Price,Griffiths,Llewellyn,Pritchard,Baker,Carter,Cooper,Turner,Parker,Harrison,Hill,Scott,Young,Adams,King,Bennett,Gray,Foster,Shaw,Holmes,Ellis,Hunt,Palmer,Barnes,Webb,Knight,Matthews,Simpson,Stone-Walsh,Spencer-Hart,Bell,Ward,Cook",
  ),
  companyNames: words(
    'Harbour House,Oakfield,Riverside,Kingsgate,The Old Mill,Northgate,Meadowbank,Fairview,Beechwood,Castle Hill,Silverdale,Whitestone,Albion,Greenwich,Holloway,St Aidan’s,Foxglove,Brightwater,Ashdown,Thornbury',
  ),
  companyKinds: words('Lettings,Property,Facilities,Electrical,Logistics,Surgery,Pharmacy,School,Printing,Insurance,Catering,Studios,Consulting,Engineering'),
  legalForms: words('Ltd,plc,LLP,& Sons,'),
  cities: words(
    'London,Birmingham,Manchester,Leeds,Glasgow,Liverpool,Bristol,Edinburgh,Cardiff,Belfast,Nottingham,Southampton,York,Brighton,Aberdeen,Oxford,Cambridge,Bath',
  ),
  jobs: words('Tenant,Property manager,Accounts,Office manager,Director,Caretaker,Reception,Landlord'),
  domain: 'co.uk',
  mailServices: words('gmail.com,outlook.com,yahoo.co.uk,icloud.com,btinternet.com'),
};

export const vocabularies: Readonly<Record<Region, Vocabulary>> = { PL: poland, DE: germany, GB: britain };

/** A Polish surname in the form a woman has: Zielińska, Nowicka. */
export function feminine(surname: string): string {
  return surname.replace(/(sk|ck|dzk)i$/u, '$1a').replace(/ny$/u, 'na');
}
