/**
 * A record in the making, with the account of every piece of input. Checks that need the whole record (nothing happens before
 * birth, nothing after the as-of date) run at the end, so that the order of the input does not matter.
 */
import type {
  CaseRecord,
  FactId,
  Observation,
  PartialDate,
  Problem,
  Reading,
  ReadingNote,
  StatedStage,
  TreatmentEvent,
} from '@serosa/core';
import { daysBetween, earliestDay, latestDay } from './value/dates.js';
import { shorten } from './value/spelling.js';

interface Placed<Thing> {
  readonly thing: Thing;
  /** Where it stood, and what stood there. */
  readonly at: string;
  readonly what: string;
}

/** The longest life the checks allow, in years. */
const LONGEST_LIFE = 130;

export class Draft {
  readonly notes: ReadingNote[] = [];
  readonly #observations: Placed<Observation>[] = [];
  readonly #treatments: Placed<TreatmentEvent>[] = [];
  readonly #stages: Placed<StatedStage>[] = [];

  used(at: string, what: string, why: string, facts: readonly FactId[] = []): void {
    this.notes.push({ outcome: 'used', at, what: shorten(what), why, ...(facts.length > 0 ? { facts } : {}) });
  }

  unused(at: string, what: string, why: string): void {
    this.notes.push({ outcome: 'unused', at, what: shorten(what), why });
  }

  refused(at: string, what: string, why: string): void {
    this.notes.push({ outcome: 'refused', at, what: shorten(what), why });
  }

  observe(observation: Observation, at: string, what: string): void {
    this.#observations.push({ thing: observation, at, what });
  }

  treat(treatment: TreatmentEvent, at: string, what: string): void {
    this.#treatments.push({ thing: treatment, at, what });
  }

  stage(stage: StatedStage, at: string, what: string): void {
    this.#stages.push({ thing: stage, at, what });
  }

  get observations(): readonly Observation[] {
    return this.#observations.map(({ thing }) => thing);
  }

  get stages(): readonly StatedStage[] {
    return this.#stages.map(({ thing }) => thing);
  }

  get isEmpty(): boolean {
    return this.#observations.length + this.#treatments.length + this.#stages.length === 0;
  }

  /** The record, without what cannot be: each such piece is refused with its place. */
  finish(head: { readonly id: string; readonly title?: string; readonly date?: PartialDate }, asOf?: PartialDate): CaseRecord {
    const birth = this.#birth(asOf);
    const keep = <Thing extends Observation | TreatmentEvent | StatedStage>(
      placed: readonly Placed<Thing>[],
      dates: (thing: Thing) => readonly (PartialDate | undefined)[],
    ): Thing[] => placed.filter((piece) => this.#possible(piece, dates(piece.thing), birth, asOf)).map(({ thing }) => thing);
    const observations = keep(this.#observations, ({ fact, date, value }) =>
      // The birth date itself is checked in #birth; other dates that are values must be possible too.
      fact === 'person.birth-date' ? [date] : [date, /date$/.test(fact) && typeof value === 'string' ? value : undefined],
    ).filter(({ fact, value }) => fact !== 'person.birth-date' || typeof value === 'object' || birth !== undefined);
    return {
      schema: 'serosa.case/1',
      id: head.id,
      ...(head.title === undefined ? {} : { title: head.title }),
      ...(head.date === undefined ? {} : { date: head.date }),
      observations,
      treatments: keep(this.#treatments, (event) => {
        if (event.kind === 'procedure') return [event.date];
        return event.kind === 'systemic' ? [event.start, event.end, event.progression] : [event.start, event.end];
      }).filter((event) => this.#ordered(event)),
      stages: keep(this.#stages, ({ date }) => [date]),
    };
  }

  #birth(asOf: PartialDate | undefined): PartialDate | undefined {
    let birth: PartialDate | undefined;
    for (const piece of this.#observations) {
      const { thing } = piece;
      if (thing.fact !== 'person.birth-date' || typeof thing.value !== 'string') continue;
      if (asOf !== undefined && earliestDay(thing.value) > latestDay(asOf)) {
        this.#withdraw(piece, `The birth date lies after ${asOf}. Correct it.`);
      } else if (asOf !== undefined && daysBetween(thing.value, asOf) > LONGEST_LIFE * 365.25) {
        this.#withdraw(piece, `The birth date is more than ${LONGEST_LIFE} years ago. Correct it.`);
      } else birth = thing.value;
    }
    return birth;
  }

  #possible(
    piece: Placed<Observation | TreatmentEvent | StatedStage>,
    dates: readonly (PartialDate | undefined)[],
    birth: PartialDate | undefined,
    asOf: PartialDate | undefined,
  ): boolean {
    for (const date of dates) {
      if (date === undefined) continue;
      if (asOf !== undefined && earliestDay(date) > latestDay(asOf)) {
        this.#withdraw(
          piece,
          `${date} lies after ${asOf}, the day the case is read for. Correct the date, or read the case for a later day.`,
        );
        return false;
      }
      if (birth !== undefined && latestDay(date) < earliestDay(birth)) {
        this.#withdraw(piece, `${date} lies before the birth date ${birth}. Correct one of them.`);
        return false;
      }
    }
    return true;
  }

  /** Refuses a piece that was noted as used before the whole was known. */
  #withdraw(piece: Placed<Observation | TreatmentEvent | StatedStage>, why: string): void {
    const fact = 'fact' in piece.thing ? piece.thing.fact : undefined;
    const what = shorten(piece.what);
    const index = this.notes.findIndex((note) => note.outcome === 'used' && note.at === piece.at && note.what === what);
    const note = this.notes[index];
    if (note) {
      const facts = (note.facts ?? []).filter((id) => id !== fact);
      if (facts.length > 0) this.notes[index] = { ...note, facts };
      else this.notes.splice(index, 1);
    }
    this.refused(piece.at, piece.what, why);
  }

  #ordered(event: TreatmentEvent): boolean {
    if (event.kind === 'procedure' || event.start === undefined || event.end === undefined) return true;
    if (latestDay(event.end) >= earliestDay(event.start)) return true;
    const piece = this.#treatments.find(({ thing }) => thing === event);
    if (piece) this.#withdraw(piece, `The end ${event.end} lies before the start ${event.start}. Correct one of them.`);
    return false;
  }
}

/** A reading that is nothing but a problem. */
export function failed(problem: Problem, notes: readonly ReadingNote[] = []): Reading {
  return { notes, problem };
}
