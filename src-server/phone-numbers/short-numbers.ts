// Numbers of few digits that are dialled as they are and mean something else in each country: emergency, information,
// helplines. They have no international form. libphonenumber-js carries no data for them, so the ones that customers
// and suppliers are really reached by stand here; everything else of few digits is an internal number of the office.

/** 112 (GSM 02.30) and the European helplines 116xxx (Commission Decision 2007/116/EC) and 118xx(x). */
const europe = '112|116\\d{3}|118\\d{2,3}';

const patterns: Readonly<Record<string, string>> = {
  PL: `${europe}|19\\d{3}|9[89]\\d|99[1-9]|984|985|986|987`,
  DE: `${europe}|110|115|116117|19222`,
  AT: `${europe}|122|133|144|14[0-8]`,
  CH: '112|11[78]|14[0-7]|16\\d|18\\d{1,2}|1414|1415|1811|1818',
  GB: `${europe}|999|101|111|105|119|123|159`,
  IE: `${europe}|999`,
  FR: `${europe}|1[578]|114|115|119|3\\d{3}|10\\d{2}`,
  CZ: `${europe}|15[0568]|14\\d{3}|12\\d{2,3}`,
  SK: `${europe}|15[0589]|12\\d{3}`,
  IT: `${europe}|11[0-9]|15\\d{2}`,
  ES: `${europe}|0\\d{2}|091|092`,
  NL: `${europe}|14\\d{3}|144`,
  US: '[2-9]11|988',
  CA: '[2-9]11|988',
  UA: '10[1-4]|112|15\\d{2}',
};
const elsewhere = `${europe}|911|999|000|11[0-9]|10[0-9]`;

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`, 'u');
}
const patternOf = new Map(Object.entries(patterns).map(([country, source]) => [country, whole(source)]));
const patternElsewhere = whole(elsewhere);

/** Whether these digits are one of the country's public short numbers. */
export function isShortNumber(digits: string, country: string): boolean {
  return (patternOf.get(country) ?? patternElsewhere).test(digits);
}
