/** What of a registry file could not be used, piece by piece. */
import { shorten } from '../value/spelling.js';

/** `unused`: read and left out, or to be known of; `refused`: wrong where it stands. */
export interface TrialNote {
  readonly outcome: 'unused' | 'refused';
  /** The place in the input: `studies[3]`, `line 12`, `line 4, column 7`. */
  readonly at: string;
  /** The piece: a trial's id, with the member and its value where it is about one. */
  readonly what: string;
  readonly why: string;
}

export class Account {
  readonly notes: TrialNote[] = [];

  unused(at: string, what: string, why: string): void {
    this.notes.push({ outcome: 'unused', at, what: shorten(what), why });
  }

  refused(at: string, what: string, why: string): void {
    this.notes.push({ outcome: 'refused', at, what: shorten(what), why });
  }
}
