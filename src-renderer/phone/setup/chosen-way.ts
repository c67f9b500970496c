import type { SetupWay } from '#server/enrolment/enrolment.contract.ts';
import { keep, kept } from '../device/keys.ts';
import { wayOf } from './which-phone.ts';

const name = 'setup-way';

/** The way this phone is set up: as its owner chose, else as the browser says; undefined on a computer. */
export function chosenWay(): SetupWay | undefined {
  const way = kept(name);
  return way === 'ios' || way === 'android' ? way : wayOf(navigator);
}

export function keepWay(way: SetupWay): void {
  keep(name, way);
}
