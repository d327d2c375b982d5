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
import { daysBetween, earliestDay, latestDay, parseDate } from './value/dates.js';
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
  /** A note that was withdrawn leaves a gap, so that the places of the others stay what they are. */
  readonly #notes: (ReadingNote | undefined)[] = [];
  /** Where the first note of use stands, by place and words. */
  readonly #uses = new Map<string, number>();
  readonly #observations: Placed<Observation>[] = [];
  readonly #treatments: Placed<TreatmentEvent>[] = [];
  readonly #stages: Placed<StatedStage>[] = [];

  used(at: string, what: string, why: string, facts: readonly FactId[] = []): void {
    const short = shorten(what);
    const key = `${at}\n${short}`;
    if (!this.#uses.has(key)) this.#uses.set(key, this.#notes.length);
    this.#notes.push({ outcome: 'used', at, what: short, why, ...(facts.length > 0 ? { facts } : {}) });
  }

  unused(at: string, what: string, why: string): void {
    this.#notes.push({ outcome: 'unused', at, what: shorten(what), why });
  }

  refused(at: string, what: string, why: string): void {
    this.#notes.push({ outcome: 'refused', at, what: shorten(what), why });
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

  get notes(): readonly ReadingNote[] {
    return this.#notes.flatMap((note) => note ?? []);
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
    const births = this.#observations.filter(
      ({ thing }) => thing.fact === 'person.birth-date' && typeof thing.value === 'string',
    );
    const real = births.filter((piece) => this.#isBirth(piece, asOf));
    const unborn = new Set(births.filter((piece) => !real.includes(piece)));
    const birth = real.at(-1)?.thing.value as PartialDate | undefined;
    const keep = <Thing extends Observation | TreatmentEvent | StatedStage>(
      placed: readonly Placed<Thing>[],
      dates: (thing: Thing) => readonly (PartialDate | undefined)[],
    ): Thing[] => placed.filter((piece) => this.#possible(piece, dates(piece.thing), birth, asOf)).map(({ thing }) => thing);
    return {
      schema: 'serosa.case/1',
      id: head.id,
      ...(head.title === undefined ? {} : { title: head.title }),
      ...(head.date === undefined ? {} : { date: head.date }),
      observations: keep(
        this.#observations.filter((piece) => !unborn.has(piece)),
        ({ fact, date, value }) =>
          fact !== 'person.birth-date' && typeof value === 'string' ? [date, parseDate(value)] : [date],
      ),
      treatments: keep(
        this.#treatments.filter((piece) => this.#isOrdered(piece)),
        (event) => {
          if (event.kind === 'procedure') return [event.date];
          return event.kind === 'systemic' ? [event.start, event.end, event.progression] : [event.start, event.end];
        },
      ),
      stages: keep(this.#stages, ({ date }) => [date]),
    };
  }

  #isBirth(piece: Placed<Observation>, asOf: PartialDate | undefined): boolean {
    const date = piece.thing.value;
    if (asOf === undefined || typeof date !== 'string') return true;
    if (earliestDay(date) > latestDay(asOf)) {
      this.#withdraw(piece, `The birth date lies after ${asOf}. Correct it.`);
      return false;
    }
    if (daysBetween(date, asOf) <= LONGEST_LIFE * 365.25) return true;
    this.#withdraw(piece, `The birth date is more than ${LONGEST_LIFE} years ago. Correct it.`);
    return false;
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
    const index = this.#uses.get(`${piece.at}\n${shorten(piece.what)}`);
    const note = index === undefined ? undefined : this.#notes[index];
    if (note && index !== undefined) {
      const facts = (note.facts ?? []).filter((id) => id !== fact);
      const { facts: _, ...rest } = note;
      this.#notes[index] = facts.length > 0 ? { ...rest, facts } : undefined;
    }
    this.refused(piece.at, piece.what, why);
  }

  #isOrdered(piece: Placed<TreatmentEvent>): boolean {
    const event = piece.thing;
    if (event.kind === 'procedure' || event.start === undefined || event.end === undefined) return true;
    if (latestDay(event.end) >= earliestDay(event.start)) return true;
    this.#withdraw(piece, `The end ${event.end} lies before the start ${event.start}. Correct one of them.`);
    return false;
  }
}

/** A reading that is nothing but a problem. */
export function failed(problem: Problem, notes: readonly ReadingNote[] = []): Reading {
  return { notes, problem };
}
