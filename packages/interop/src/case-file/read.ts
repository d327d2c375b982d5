/**
 * Reads a Serosa case file, YAML or JSON:
 *
 * ```yaml
 * serosa: case/1
 * id: anna                      # any short name; no name of a person is needed
 * title: Anna, first visit      # optional
 * date: 2025-03-04              # optional: when undated statements were true (YYYY, YYYY-MM or YYYY-MM-DD)
 * facts:                        # fact ids of the catalogue
 *   person.age: 71
 *   person.sex: female
 *   tumour.histology: epithelioid
 *   lab.creatinine: 0.9 mg/dL   # a number alone is in the fact's own unit
 *   site.brain: unknown         # unknown, not-done or not-applicable fit every fact
 *   site.liver: { value: false, date: 2025-02-20, origin: imaging, note: CT of chest and belly }
 *   person.weight:              # several readings
 *     - { value: 82, date: 2025-01 }
 *     - { value: 78.5, unit: kg, date: 2025-03-04 }
 * stages:                       # TNM as it stands in a letter
 *   - { edition: 9, basis: clinical, T: T2, N: N1, M: M0, group: II, date: 2025-02-25 }
 * treatments:
 *   - { kind: systemic, agents: [cisplatin, pemetrexed], start: 2025-03-10, cycles: 4, bestResponse: PR }
 *   - { kind: radiotherapy, site: chest wall, gray: 21, fractions: 3, start: 2025-05-02 }
 *   - { kind: procedure, code: pleurodesis, side: right, date: 2025-02-11 }
 * ```
 *
 * A statement is a value, or a group of `value` (or `absent`), `unit`, `date`, `origin`, `note` and `asWritten`; `origin` is a
 * kind alone or `{ kind, at }`. What cannot be read is refused with line, column and remedy, and the rest is read.
 */
import type {
  Absence,
  FactDefinition,
  Observation,
  Origin,
  PartialDate,
  ProcedureEvent,
  Radiotherapy,
  Reading,
  StatedStage,
  SystemicTherapy,
  TreatmentEvent,
} from '@serosa/core';
import { type Catalogue, type CatalogueInput, prepareCatalogue } from '../catalogue.js';
import { Draft, failed } from '../draft.js';
import { Fields } from '../input/fields.js';
import { readLocatedJson } from '../input/json.js';
import { Lines, type Located, plain } from '../input/place.js';
import { DEFAULT_LIMITS, decode, type Limits } from '../input/text.js';
import { readYaml } from '../input/yaml.js';
import { AGENT_NAMES, agentsNamed } from '../value/agents.js';
import { earliestDay, latestDay, parseDate } from '../value/dates.js';
import { defined } from '../value/defined.js';
import { readFact } from '../value/facts.js';
import { lookUp } from '../value/lookup.js';
import { nearest, shorten } from '../value/spelling.js';
import { type Axis, readCategory, readEdition, readGroup } from '../value/tnm.js';
import {
  ABSENCES,
  BASES,
  CASE_VERSION,
  ORIGINS,
  PROCEDURES,
  RADIOTHERAPY_INTENTS,
  RESIDUALS,
  RESPONSES,
  SIDES,
  STOP_REASONS,
  SYSTEMIC_INTENTS,
} from './format.js';

export interface CaseFileOptions {
  readonly catalogue: CatalogueInput;
  /** The day the case is read for: what lies after it is refused. Without it nothing is taken for future. */
  readonly asOf?: PartialDate;
  readonly limits?: Partial<Limits>;
  /** Used as the case's id when the file gives none. */
  readonly fileName?: string;
}

type Group = Extract<Located, { kind: 'map' }>;
/** A part of the file with its path, such as `facts.lab.creatinine[1]`. */
interface Spot {
  readonly node: Located;
  readonly path: string;
}

/** Largest case in YAML, in letters: its parser is slow, and no case of one person is so large. */
const LARGEST_YAML = 4 * 1024 * 1024;
/** How many unknown names of one file are compared with all known ones. */
const MOST_HINTS = 100;

/** Reads a case file. Never throws. */
export function readCaseFile(input: string | Uint8Array, options: CaseFileOptions): Reading {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const decoded = decode(input, limits);
  if ('problem' in decoded) return failed(decoded.problem);
  const { text } = decoded;
  if (/^\s*[{[]/.test(text)) {
    const json = readLocatedJson(text, limits);
    // Braces may also open YAML in flow style; what is neither is reported as JSON, the likelier intention.
    if ('value' in json) return new CaseReader(text, options).read(json.value);
    const yaml = json.problem.code === 'not-json' && text.length <= LARGEST_YAML ? readYaml(text, limits) : undefined;
    return yaml && 'value' in yaml ? new CaseReader(text, options).read(yaml.value) : failed(json.problem);
  }
  if (text.length > LARGEST_YAML) {
    return failed({
      code: 'too-large',
      message: `A case in YAML has at most ${LARGEST_YAML / 1024 / 1024} MiB; this one has ${(text.length / 1024 / 1024).toFixed(1)} MiB.`,
      remedy: 'Give one case a file, or write it as JSON.',
    });
  }
  const yaml = readYaml(text, limits);
  return 'problem' in yaml ? failed(yaml.problem) : new CaseReader(text, options).read(yaml.value);
}

const BASIS_SHORT: Readonly<Record<string, StatedStage['basis']>> = {
  c: 'clinical',
  p: 'pathological',
  pathologic: 'pathological',
};

class CaseReader {
  readonly #draft = new Draft();
  readonly #lines: Lines;
  readonly #catalogue: Catalogue;
  #hints = 0;

  constructor(
    text: string,
    readonly options: CaseFileOptions,
  ) {
    this.#lines = new Lines(text);
    this.#catalogue = prepareCatalogue(options.catalogue);
  }

  read(root: Located): Reading {
    if (root.kind !== 'map') {
      return failed({
        code: 'not-a-case',
        message: 'This is not a Serosa case: it has no names at its outermost level.',
        at: this.#lines.at(root.at),
        remedy: `Begin with \`serosa: ${CASE_VERSION}\`, then \`id:\` and \`facts:\`.`,
      });
    }
    const fields = new Fields(root);
    const version = fields.take('serosa');
    if (version?.kind !== 'scalar' || version.value !== CASE_VERSION) {
      const known = version === undefined;
      return failed({
        code: known ? 'not-a-case' : 'version',
        message: known
          ? 'This is not a Serosa case: `serosa:` is missing.'
          : `This version of the case format is not known: ${this.#show(version)}.`,
        at: this.#lines.at(version?.at ?? root.at),
        remedy: `Begin with \`serosa: ${CASE_VERSION}\`.`,
      });
    }
    const id = this.#id(fields.take('id'), root);
    const title = this.#optional(fields.take('title'), 'title', (spot) => this.#text(spot));
    const date = this.#optional(fields.take('date'), 'date', (spot) => this.#caseDate(spot));
    this.#facts(fields.take('facts'));
    this.#each(fields.take('stages'), 'stages', (spot) => this.#stage(spot));
    this.#each(fields.take('treatments'), 'treatments', (spot) => this.#treatment(spot));
    this.#leftovers(fields, '');
    const record = this.#draft.finish(
      { id, ...(title === undefined ? {} : { title }), ...(date === undefined ? {} : { date }) },
      this.options.asOf,
    );
    const notes = this.#draft.notes;
    if (record.observations.length + record.treatments.length + record.stages.length > 0) return { record, notes };
    const refused = notes.some(({ outcome }) => outcome === 'refused');
    return failed(
      {
        code: 'no-content',
        message: refused ? 'Nothing in this case could be read.' : 'This case says nothing yet.',
        at: this.#lines.at(root.at),
        remedy: refused ? 'Correct the refused entries.' : 'Add statements under `facts:`, such as `person.age: 71`.',
      },
      notes,
    );
  }

  // ── head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #id(node: Located | undefined, root: Group): string {
    if (node?.kind === 'scalar' && node.value !== null && String(node.value).trim() !== '') return String(node.value);
    const id = this.options.fileName?.replace(/^.*[/\\]/, '').replace(/\.(ya?ml|json)$/i, '') || 'case';
    this.#draft.unused(
      this.#lines.at((node ?? root).at),
      'id',
      `There is no id; the case is called "${id}". Write \`id:\` to name it.`,
    );
    return id;
  }

  #caseDate(spot: Spot): PartialDate | undefined {
    const date = this.#date(spot);
    const { asOf } = this.options;
    if (date === undefined || asOf === undefined || earliestDay(date) <= latestDay(asOf)) return date;
    return this.#refuse(
      spot,
      `${date} lies after ${asOf}, the day the case is read for. Correct the date, or read the case for a later day.`,
    );
  }

  // ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #facts(node: Located | undefined): void {
    if (node === undefined) return;
    if (node.kind !== 'map') {
      if (!(node.kind === 'scalar' && node.value === null)) {
        this.#refuse({ node, path: 'facts' }, 'Under `facts:` stand fact ids with their values, one a line, indented.');
      }
      return;
    }
    const seen = new Set<string>();
    for (const { key, at, value } of node.entries) {
      const fact = this.#catalogue.facts.get(key);
      const spot = { node: value, path: `facts.${key}` };
      if (!fact) {
        this.#draft.refused(this.#lines.at(at), this.#line(key, value), `\`${key}\` is not a fact. ${this.#hint(key, value)}`);
      } else if (seen.has(key)) {
        this.#draft.refused(
          this.#lines.at(at),
          this.#line(key, value),
          `\`${key}\` is given twice; the first one counts. Write both readings as a list, each with its date.`,
        );
      } else if (value.kind === 'list' && value.items.length === 0) {
        this.#draft.unused(this.#lines.at(at), this.#line(key, value), 'The list is empty: nothing is stated.');
      } else if (value.kind === 'list') {
        value.items.forEach((item, index) => {
          this.#statement(fact, { node: item, path: `${spot.path}[${index}]` });
        });
      } else this.#statement(fact, spot);
      seen.add(key);
    }
  }

  /** What was probably meant by a name that is no fact. */
  #hint(key: string, value: Located): string {
    if (value.kind === 'map') {
      const inside = value.entries.map((entry) => `${key}.${entry.key}`).find((id) => this.#catalogue.facts.has(id));
      if (inside !== undefined) return `Write the id in full, on one line: \`${inside}: …\`.`;
    }
    // A file of nothing but unknown names is no case; looking for the nearest of each would take long.
    const near = this.#hints++ < MOST_HINTS ? this.#catalogue.nearest(key) : undefined;
    return near === undefined ? 'Look the id up with `serosa knowledge`.' : `Did you mean \`${near}\`?`;
  }

  #statement(fact: FactDefinition, spot: Spot): void {
    const { node, path } = spot;
    if (node.kind === 'list') {
      this.#refuse(spot, 'A list stands inside a list: write one list of readings.');
      return;
    }
    let raw: unknown;
    let unit: string | undefined;
    let date: PartialDate | undefined;
    let written: string | undefined;
    let origin: Origin = { kind: 'file', at: path };
    let absent: Absence | undefined;
    if (node.kind === 'map') {
      const fields = new Fields(node);
      const value = fields.take('value');
      const absentNode = fields.take('absent');
      absent = this.#optional(absentNode, `${path}.absent`, (part) => this.#word(part, ABSENCES));
      const unitNode = fields.take('unit');
      unit = this.#optional(unitNode, `${path}.unit`, (part) => this.#text(part));
      const dateNode = fields.take('date');
      date = this.#optional(dateNode, `${path}.date`, (part) => this.#date(part));
      origin = this.#origin(fields, path);
      written = this.#optional(fields.take('asWritten'), `${path}.asWritten`, (part) => this.#text(part));
      this.#leftovers(fields, path);
      // A reading whose unit or date cannot be read would be taken for one in the usual unit, or of the case's own date.
      const broken = (part: Located | undefined, value: unknown): boolean => part !== undefined && value === undefined;
      if (broken(dateNode, date) || broken(unitNode, unit) || broken(absentNode, absent)) return;
      const isNothing = value === undefined || (value.kind === 'scalar' && value.value === null);
      if (absent !== undefined && !isNothing) {
        this.#refuse(spot, 'A value and its absence are both given. Keep the right one.');
        return;
      }
      if (unit !== undefined && fact.type !== 'number' && fact.type !== 'integer') {
        this.#refuse(spot, `\`${fact.id}\` is not a number: it has no unit. Remove \`unit\`, or correct the fact.`);
        return;
      }
      if (absent === undefined) {
        if (value === undefined || value.kind !== 'scalar') {
          this.#refuse(spot, `There is no value. Write \`${fact.id}: { value: … }\` or \`${fact.id}: unknown\`.`);
          return;
        }
        raw = value.value;
      }
    } else raw = node.value;
    const reading = absent === undefined ? readFact(fact, raw, unit) : { value: { absent } };
    if ('wrong' in reading) {
      this.#refuse(spot, `${capital(reading.wrong)}. ${reading.remedy}`);
      return;
    }
    const asWritten = written ?? reading.asWritten;
    const observation: Observation = {
      fact: fact.id,
      value: reading.value,
      ...(date === undefined ? {} : { date }),
      origin,
      ...(asWritten === undefined ? {} : { asWritten }),
    };
    const at = this.#lines.at(node.at);
    const what = this.#line(path.replace(/^facts\./, ''), node);
    this.#draft.used(
      at,
      what,
      asWritten === undefined || typeof reading.value === 'object' ? 'Read.' : `Read as ${reading.value}.`,
      [fact.id],
    );
    this.#draft.observe(observation, at, what);
  }

  #origin(fields: Fields, path: string): Origin {
    const node = fields.take('origin');
    const note = this.#optional(fields.take('note'), `${path}.note`, (part) => this.#text(part));
    const noted = note === undefined ? {} : { note };
    const own: Origin = { kind: 'file', at: path, ...noted };
    if (node === undefined) return own;
    const spot = { node, path: `${path}.origin` };
    if (node.kind !== 'map') {
      const kind = this.#word(spot, ORIGINS);
      return kind === undefined ? own : { kind, at: path, ...noted };
    }
    const parts = new Fields(node);
    const kind = this.#optional(parts.take('kind'), `${spot.path}.kind`, (part) => this.#word(part, ORIGINS));
    const at = this.#optional(parts.take('at'), `${spot.path}.at`, (part) => this.#text(part));
    this.#leftovers(parts, spot.path);
    if (kind === undefined) return own;
    return { kind, ...(at === undefined ? {} : { at }), ...noted };
  }

  // ── stages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  #stage(spot: Spot): void {
    const { node, path } = spot;
    if (node.kind !== 'map') {
      this.#refuse(spot, 'Write a stage as `{ edition: 9, basis: clinical, T: T2, N: N0, M: M0 }`.');
      return;
    }
    const fields = new Fields(node);
    const edition = this.#optional(fields.take('edition'), `${path}.edition`, (part) => {
      const read = part.node.kind === 'scalar' && part.node.value !== null ? readEdition(String(part.node.value)) : undefined;
      return read ?? this.#refuse(part, 'The edition is not one of 5, 6, 7, 8, 9 or unknown.');
    });
    const stated = this.#optional(fields.take('basis'), `${path}.basis`, (part) => {
      const short = part.node.kind === 'scalar' ? lookUp(BASIS_SHORT, String(part.node.value).toLowerCase()) : undefined;
      return short ?? this.#word(part, BASES);
    });
    const bases = new Set<'clinical' | 'pathological'>();
    const modifiers = new Set<string>();
    const category = (axis: Axis): string | undefined =>
      this.#optional(fields.take(axis), `${path}.${axis}`, (part) => {
        const read = part.node.kind === 'scalar' ? readCategory(axis, bare(axis, String(part.node.value))) : undefined;
        if (!read)
          return this.#refuse(
            part,
            `${this.#show(part.node)} is not a ${axis} category. Write for example \`${axis}1\` or \`${axis}X\`.`,
          );
        if (read.basis !== undefined && stated !== undefined && stated !== 'unknown' && read.basis !== stated) {
          return this.#refuse(part, `The prefix says ${read.basis}, \`basis\` says ${stated}. Correct one of them.`);
        }
        if (read.basis) bases.add(read.basis);
        if (read.modifiers) modifiers.add(read.modifiers);
        return read.value;
      });
    const [T, N, M] = [category('T'), category('N'), category('M')];
    const group = this.#optional(fields.take('group'), `${path}.group`, (part) => {
      const read = part.node.kind === 'scalar' ? readGroup(String(part.node.value)) : undefined;
      return read ?? this.#refuse(part, `${this.#show(part.node)} is not a stage group. Write for example \`IIIA\`.`);
    });
    const dateNode = fields.take('date');
    const date = this.#optional(dateNode, `${path}.date`, (part) => this.#date(part));
    const origin = this.#origin(fields, path);
    this.#leftovers(fields, path);
    if (dateNode !== undefined && date === undefined) return;
    if (T === undefined && N === undefined && M === undefined && group === undefined) {
      this.#refuse(spot, 'The stage says nothing: give T, N, M or group.');
      return;
    }
    const stage: StatedStage = {
      edition: edition ?? 'unknown',
      basis: stated ?? (bases.size === 1 ? [...bases][0]! : 'unknown'),
      ...(T === undefined ? {} : { T }),
      ...(N === undefined ? {} : { N }),
      ...(M === undefined ? {} : { M }),
      ...(group === undefined ? {} : { group }),
      ...(date === undefined ? {} : { date }),
      origin,
    };
    const why =
      modifiers.size > 0 ? `Read without the prefix ${[...modifiers].join(', ')}, for which the record has no place.` : 'Read.';
    this.#keep(spot, why, (at, what) => this.#draft.stage(stage, at, what));
  }

  // ── treatments ───────────────────────────────────────────────────────────────────────────────────────────────────────

  #treatment(spot: Spot): void {
    const { node, path } = spot;
    if (node.kind !== 'map') {
      this.#refuse(spot, 'Write a treatment as `{ kind: systemic, agents: [cisplatin, pemetrexed], start: 2025-03-10 }`.');
      return;
    }
    const fields = new Fields(node);
    const kindNode = fields.take('kind');
    const kind =
      kindNode && this.#word({ node: kindNode, path: `${path}.kind` }, ['systemic', 'radiotherapy', 'procedure'] as const);
    if (kind === undefined) {
      if (!kindNode) this.#refuse(spot, 'The kind is missing: write `kind: systemic`, `radiotherapy` or `procedure`.');
      return;
    }
    const part = <Value>(name: string, read: (spot: Spot) => Value | undefined): Value | undefined =>
      this.#optional(fields.take(name), `${path}.${name}`, read);
    const date = (name: string): PartialDate | undefined => part(name, (at) => this.#date(at));
    const count = (name: string, min: number, max: number): number | undefined =>
      part(name, (at) => this.#number(at, min, max, true));
    let event: TreatmentEvent | undefined;
    if (kind === 'systemic') {
      const agentsNode = fields.take('agents');
      const agents = this.#optional(agentsNode, `${path}.agents`, (at) => this.#agents(at));
      const fieldsOf: Omit<SystemicTherapy, 'kind' | 'agents' | 'origin'> = defined({
        start: date('start'),
        end: date('end'),
        ongoing: part('ongoing', (at) => this.#boolean(at)),
        line: count('line', 1, 30),
        cycles: count('cycles', 0, 200),
        bestResponse: part('bestResponse', (at) => this.#word(at, RESPONSES)),
        intent: part('intent', (at) => this.#word(at, SYSTEMIC_INTENTS)),
        stoppedFor: part('stoppedFor', (at) => this.#word(at, STOP_REASONS)),
        progression: date('progression'),
      });
      if (agents) event = { kind, agents, ...fieldsOf, origin: this.#origin(fields, path) };
      else if (!agentsNode)
        this.#refuse(
          spot,
          'The drugs are missing: write `agents: [cisplatin, pemetrexed]`, or `agents: []` when they are not known.',
        );
    } else if (kind === 'radiotherapy') {
      const fieldsOf: Omit<Radiotherapy, 'kind' | 'origin'> = defined({
        site: part('site', (at) => this.#text(at)),
        start: date('start'),
        end: date('end'),
        gray: part('gray', (at) => this.#number(at, 0, 200, false)),
        fractions: count('fractions', 1, 100),
        intent: part('intent', (at) => this.#word(at, RADIOTHERAPY_INTENTS)),
      });
      event = { kind, ...fieldsOf, origin: this.#origin(fields, path) };
    } else {
      const codeNode = fields.take('code');
      const code = this.#optional(codeNode, `${path}.code`, (at) => this.#word(at, PROCEDURES));
      const fieldsOf: Omit<ProcedureEvent, 'kind' | 'code' | 'origin'> = defined({
        text: part('text', (at) => this.#text(at)),
        date: date('date'),
        side: part('side', (at) => this.#word(at, SIDES)),
        residual: part('residual', (at) => this.#word(at, RESIDUALS)),
      });
      if (code) event = { kind, code, ...fieldsOf, origin: this.#origin(fields, path) };
      else if (!codeNode)
        this.#refuse(spot, 'The procedure is missing: write `code: pleurodesis`, or `code: other` with `text:`.');
    }
    this.#leftovers(fields, path);
    const read = event;
    if (read) this.#keep(spot, 'Read.', (at, what) => this.#draft.treat(read, at, what));
  }

  /** Names become INN; a name that is not in the list is kept as written. */
  #agents(spot: Spot): readonly string[] | undefined {
    const nodes = spot.node.kind === 'list' ? spot.node.items : [spot.node];
    const agents: string[] = [];
    nodes.forEach((node, index) => {
      const part = { node, path: `${spot.path}[${index}]` };
      const text = this.#text(part)?.trim().toLowerCase();
      if (text === undefined || text === '') return;
      const { all, unknown } = agentsNamed(text);
      for (const name of unknown) {
        const near = nearest(name, AGENT_NAMES);
        const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
        this.#draft.unused(
          this.#lines.at(node.at),
          unknown.length === all.length ? this.#show(node) : name,
          `Kept as written: this is not a drug name that Serosa knows.${hint}`,
        );
      }
      for (const agent of all) if (!agents.includes(agent)) agents.push(agent);
    });
    if (agents.length > 0 || nodes.length === 0) return agents;
    return this.#refuse(
      spot,
      'No drug could be read: write `agents: [cisplatin, pemetrexed]`, or `agents: []` when they are not known.',
    );
  }

  // ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #text({ node, path }: Spot): string | undefined {
    if (node.kind === 'scalar' && node.value !== null) return String(node.value);
    return this.#refuse({ node, path }, `\`${lastOf(path)}\` needs a text.`);
  }

  #boolean(spot: Spot): boolean | undefined {
    const { node } = spot;
    const value = node.kind === 'scalar' ? node.value : undefined;
    if (typeof value === 'boolean') return value;
    return this.#refuse(spot, `\`${lastOf(spot.path)}\` is \`true\` or \`false\`; leave it out when it is not known.`);
  }

  #number(spot: Spot, min: number, max: number, whole: boolean): number | undefined {
    const value = spot.node.kind === 'scalar' ? spot.node.value : undefined;
    if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
    return this.#refuse(spot, `\`${lastOf(spot.path)}\` is a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`);
  }

  #date(spot: Spot): PartialDate | undefined {
    const value = spot.node.kind === 'scalar' ? spot.node.value : undefined;
    const date = typeof value === 'string' || typeof value === 'number' ? parseDate(String(value)) : undefined;
    return (
      date ?? this.#refuse(spot, `${this.#show(spot.node)} is not a date. Write a real date as YYYY, YYYY-MM or YYYY-MM-DD.`)
    );
  }

  #word<Word extends string>(spot: Spot, words: readonly Word[]): Word | undefined {
    const value = spot.node.kind === 'scalar' ? String(spot.node.value) : undefined;
    const word =
      words.find((known) => known === value) ?? words.find((known) => known.toLowerCase() === value?.trim().toLowerCase());
    if (word !== undefined) return word;
    const near = value === undefined ? undefined : nearest(value, words);
    const hint = near === undefined ? '' : `Did you mean \`${near}\`? `;
    return this.#refuse(
      spot,
      `${this.#show(spot.node)} is not known as \`${lastOf(spot.path)}\`. ${hint}Allowed: ${words.join(', ')}.`,
    );
  }

  #optional<Value>(node: Located | undefined, path: string, read: (spot: Spot) => Value | undefined): Value | undefined {
    return node === undefined ? undefined : read({ node, path });
  }

  #each(node: Located | undefined, path: string, read: (spot: Spot) => void): void {
    if (node === undefined || (node.kind === 'scalar' && node.value === null)) return;
    if (node.kind !== 'list') {
      this.#refuse({ node, path }, `Under \`${path}:\` stands a list: begin each entry with a dash.`);
      return;
    }
    node.items.forEach((item, index) => {
      read({ node: item, path: `${path}[${index}]` });
    });
  }

  #keep(spot: Spot, why: string, add: (at: string, what: string) => void): void {
    const at = this.#lines.at(spot.node.at);
    const what = this.#line(spot.path, spot.node);
    this.#draft.used(at, what, why);
    add(at, what);
  }

  #refuse(spot: Spot, why: string): undefined {
    this.#draft.refused(this.#lines.at(spot.node.at), this.#line(spot.path.replace(/^facts\./, ''), spot.node), why);
    return undefined;
  }

  #leftovers(fields: Fields, path: string): void {
    for (const { key, at, why } of fields.leftovers()) {
      this.#draft.refused(this.#lines.at(at), path === '' ? key : `${path.replace(/^facts\./, '')}.${key}`, why);
    }
  }

  #line(name: string, node: Located): string {
    return `${name}: ${this.#show(node)}`;
  }

  #show(node: Located): string {
    const value = plain(node);
    return shorten(typeof value === 'string' ? value : JSON.stringify(value));
  }
}

/** `2` is read as `T2` under `T`, and so is `c2`. */
function bare(axis: Axis, text: string): string {
  return /^[cp]?(x|is|[0-4][a-d]?)$/i.test(text.trim()) ? text.trim().replace(/^([cp]?)/i, `$1${axis}`) : text;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
