/** The file a maker's telephones ask for; undefined for systems that ask for one name at a time. */
export function phoneBookFileOf(kind: string): string | undefined {
  const makers = ['yealink', 'snom', 'grandstream', 'cisco', 'fanvil', 'fritzbox'];
  return makers.includes(kind) ? `${kind}.xml` : undefined;
}
