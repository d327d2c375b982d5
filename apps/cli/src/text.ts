/** The report on a terminal: urgent things first, then what is known, what is missing, and where each line comes from. */
import type { Finding, QuotedFact, ReadingNote, Report, Source, StageSet, Voice, Voices } from '@serosa/core';
import { categoriesText } from '@serosa/core';

export interface Style {
  readonly width: number;
  readonly colour: boolean;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Lines of a page, wrapped and painted. */
export class Page {
  readonly lines: string[] = [];
  constructor(readonly style: Style) {}

  paint(text: string, ...codes: readonly (keyof typeof CODES)[]): string {
    if (!this.style.colour || codes.length === 0) return text;
    return `\u001b[${codes.map((code) => CODES[code]).join(';')}m${text}\u001b[0m`;
  }

  heading(text: string): void {
    this.lines.push('', this.paint(text.toUpperCase(), 'bold', 'cyan'), '');
  }

  /** Wraps to the width; `hang` indents every line after the first. */
  say(text: string, indent = 0, hang = 0, ...codes: readonly (keyof typeof CODES)[]): void {
    const wrapped = wrap(text, Math.max(20, this.style.width - indent - hang));
    wrapped.forEach((line, index) => {
      this.lines.push(`${' '.repeat(index === 0 ? indent : indent + hang)}${this.paint(line, ...codes)}`);
    });
  }

  blank(): void {
    if (this.lines.at(-1) !== '') this.lines.push('');
  }

  toString(): string {
    return `${this.lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`;
  }
}

/** Breaks at spaces; a word longer than the line stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  // Control characters of a file must not reach the terminal.
  for (const word of text.replace(/\p{Cc}/gu, ' ').split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.length === 0 ? [''] : lines;
}

const VERDICTS: Readonly<Record<string, Voices>> = {
  supported: { clinician: 'Supported', patient: 'Options to talk about' },
  'supported-with-conditions': { clinician: 'Supported with conditions', patient: 'Possible once some points are clear' },
  disagree: { clinician: 'Bodies disagree', patient: 'Experts do not agree' },
  undecided: { clinician: 'Undecided: facts missing', patient: 'Cannot be said yet' },
  investigational: { clinician: 'Investigational only', patient: 'Only inside a study' },
  'not-supported': { clinician: 'Not supported', patient: 'Not advised here' },
  contraindicated: { clinician: 'Contraindicated', patient: 'Could do harm as things stand' },
  'being-tried': { clinician: 'Not weighed: research', patient: 'Tried in studies' },
  'if-needed': { clinician: 'Not weighed: supportive', patient: 'If you need it' },
};

export const URGENCY: Readonly<Record<string, Voices>> = {
  emergency: { clinician: 'EMERGENCY', patient: 'EMERGENCY: get help now' },
  'same-day': { clinician: 'SAME DAY', patient: 'TODAY: call your team' },
  days: { clinician: 'WITHIN DAYS', patient: 'In the next days: tell your team' },
  'next-visit': { clinician: 'NEXT VISIT', patient: 'At your next visit' },
};

function value(fact: QuotedFact, voice: Voice): string {
  const known = fact.value ? `: ${fact.value[voice]}` : '';
  const date = fact.date ? ` (${fact.date})` : '';
  return `${fact.label[voice]}${known}${date}`;
}

/** What is there in full, what was ruled out as a count: nobody reads thirty lines of "no". */
function reasons(facts: readonly QuotedFact[], voice: Voice): string {
  const no = facts.filter((fact) => /^(no|none|0)$/i.test(fact.value?.clinician ?? ''));
  const rest = facts.filter((fact) => !no.includes(fact));
  if (no.length <= 2) return facts.map((fact) => value(fact, voice)).join('; ');
  return [
    ...rest.map((fact) => value(fact, voice)),
    `${no.length} ${voice === 'patient' ? 'other places or signs' : 'further descriptors'} recorded as absent`,
  ].join('; ');
}

/** A reading that no longer answers is named with its date: otherwise it seems to be lost. */
function lastReading(fact: QuotedFact, voice: Voice): string {
  if (fact.last === undefined) return '';
  return fact.reason === 'undated' ? ` (${fact.last[voice]}, no date)` : ` (${fact.last[voice]} of ${fact.date}: too old)`;
}

function names(facts: readonly QuotedFact[], voice: Voice, most = 8): string {
  const shown = facts.slice(0, most).map((fact) => `${fact.label[voice]}${lastReading(fact, voice)}`);
  return facts.length > most ? `${shown.join('; ')}; and ${facts.length - most} more` : shown.join('; ');
}

/** The whole report as text. */
export function reportText(report: Report, notes: readonly ReadingNote[], style: Style): string {
  const page = new Page(style);
  const { voice } = report;
  // Numbered as they are first shown; what is not shown is not listed.
  const known = new Map(report.sources.map((source) => [source.id, source]));
  const numbers = new Map<string, number>();
  const cite = (ids: readonly string[]): string => {
    for (const id of ids) if (known.has(id) && !numbers.has(id)) numbers.set(id, numbers.size + 1);
    const shown = ids.map((id) => numbers.get(id)).filter((number) => number !== undefined);
    return shown.length === 0 ? '' : ` [${shown.sort((x, y) => x - y).join(', ')}]`;
  };
  const kind = (name: Finding['kind']): readonly Finding[] => report.findings.filter((finding) => finding.kind === name);

  page.say(report.case.title ?? report.case.id, 0, 0, 'bold');
  page.say(
    voice === 'patient'
      ? `As of ${report.asOf}. This helps you prepare for a talk with your care team. It does not replace them.`
      : `As of ${report.asOf}. Decision support for a multidisciplinary team; it does not replace their judgement.`,
    0,
    0,
    'dim',
  );

  const symptoms = kind('symptom');
  if (symptoms.length > 0) {
    page.heading(voice === 'patient' ? 'First of all' : 'Urgent');
    for (const finding of symptoms) {
      const colour = finding.verdict === 'emergency' ? 'red' : 'yellow';
      page.say(`${URGENCY[finding.verdict]?.[voice] ?? finding.verdict}. ${finding.titles[voice]}`, 0, 2, 'bold', colour);
      page.say(`${finding.text[voice]}${cite(finding.sources)}`, 2);
      if (finding.because.length > 0)
        page.say(`Because: ${finding.because.map((fact) => value(fact, voice)).join('; ')}`, 2, 9, 'dim');
      for (const detail of finding.details ?? []) page.say(`· ${detail.text[voice]}${cite(detail.sources)}`, 2, 2);
      page.blank();
    }
  }
  for (const finding of [...kind('notice'), ...kind('contradiction')]) {
    page.blank();
    page.say(`! ${finding.titles[voice]}`, 0, 2, 'bold', 'yellow');
    page.say(finding.text[voice], 2);
  }

  const stages = kind('stage');
  if (stages.length > 0) {
    page.heading('Stage');
    if (voice === 'clinician') for (const line of stageLines(report)) page.lines.push(line);
    page.blank();
    for (const finding of stages) {
      page.say(finding.titles[voice], 0, 2, 'bold');
      page.say(`${finding.text[voice]}${cite(finding.sources)}`, 2);
      if (finding.because.length > 0) page.say(`Because: ${reasons(finding.because, voice)}`, 2, 9, 'dim');
      if (finding.missing.length > 0 && !finding.id.includes('.editions.'))
        page.say(`Would narrow it: ${names(finding.missing, voice)}`, 2, 17, 'dim');
      for (const detail of finding.details ?? []) page.say(`· ${detail.text[voice]}${cite(detail.sources)}`, 2, 2, 'dim');
      page.blank();
    }
  }

  if (report.spread.sites.length > 0) {
    page.heading(voice === 'patient' ? 'Where it is' : 'Spread');
    if (report.spread.began.length > 0) page.say(report.spread.began.map((fact) => value(fact, voice)).join('; '), 0, 2);
    const by = (status: string): readonly string[] =>
      report.spread.sites.filter((site) => site.status === status).map((site) => site.label[voice]);
    const present = by('present');
    if (present.length > 0 || voice === 'clinician')
      page.say(`Present: ${present.length > 0 ? present.join(', ') : 'nothing recorded'}`, 0, 9);
    if (by('absent').length > 0 || voice === 'clinician')
      page.say(`Absent:  ${by('absent').join(', ') || 'nothing recorded'}`, 0, 9);
    const unknown = by('unknown');
    // A family is not helped by the names of twenty organs of which nothing is known.
    if (voice === 'clinician') page.say(`Unknown: ${unknown.join(', ') || 'nothing'}`, 0, 9, 'dim');
    else if (unknown.length > 0) {
      page.say(
        `Nothing is recorded about ${unknown.length} other places that doctors look at. "Not known" does not mean that there is something.`,
        0,
        0,
        'dim',
      );
    }
    for (const finding of kind('spread').filter((entry) => entry.verdict === 'present')) {
      page.blank();
      page.say(finding.titles[voice], 0, 2, 'bold');
      page.say(`${finding.text[voice]}${cite(finding.sources)}`, 2);
      const figures = finding.details ?? [];
      for (const detail of figures.slice(0, FIGURES)) page.say(`· ${detail.text[voice]}${cite(detail.sources)}`, 2, 2, 'dim');
      if (figures.length > FIGURES)
        page.say(`· and ${figures.length - FIGURES} more figures in --format json or html`, 2, 2, 'dim');
    }
    const inPlay = kind('spread').filter((entry) => entry.group === 'cascade' && entry.verdict === 'in-play');
    if (inPlay.length > 0) {
      page.blank();
      page.say(voice === 'patient' ? 'How it got there' : 'Steps of spread in play', 0, 0, 'bold');
      for (const finding of inPlay) page.say(`${finding.titles[voice]}: ${finding.text[voice]}${cite(finding.sources)}`, 2, 3);
    }
  }

  if (report.next.length > 0) {
    page.heading('Worth finding out next');
    for (const line of nextLines(report, voice, 8)) page.say(line.text, line.indent, 2, ...(line.dim ? (['dim'] as const) : []));
  }

  const tests = kind('test');
  if (tests.length > 0) {
    page.heading(voice === 'patient' ? 'Tests to talk about' : 'Finding out more');
    for (const verdict of Object.keys(TEST_VERDICTS)) {
      const group = tests.filter((finding) => finding.verdict === verdict);
      if (group.length === 0) continue;
      page.say(TEST_VERDICTS[verdict]?.[voice] ?? verdict, 0, 0, 'bold', verdict === 'advised' ? 'green' : 'yellow');
      if (verdict === 'undecided' || verdict === 'not-advised')
        page.say(group.map((finding) => `${finding.titles[voice]}${cite(finding.sources.slice(0, 1))}`).join('; '), 2, 2, 'dim');
      else for (const finding of group) testLines(page, finding, voice, cite);
      page.blank();
    }
  }

  const options = kind('option');
  if (options.length > 0) {
    page.heading('Options');
    for (const verdict of Object.keys(VERDICTS)) {
      const group = options.filter((finding) => finding.verdict === verdict);
      if (group.length === 0) continue;
      page.say(
        VERDICTS[verdict]?.[voice] ?? verdict,
        0,
        0,
        'bold',
        verdict === 'supported' ? 'green' : verdict === 'contraindicated' ? 'red' : 'yellow',
      );
      for (const finding of group) optionLines(page, finding, voice, cite);
      page.blank();
    }
  }

  const factors = kind('factor');
  if (factors.length > 0) {
    page.heading(voice === 'patient' ? 'What goes with a better or worse course' : 'Factors');
    for (const finding of factors.filter((entry) => entry.verdict !== 'unknown')) {
      page.say(`${finding.titles[voice]}: ${finding.text[voice]}${cite(finding.sources)}`, 0, 2);
      for (const detail of (finding.details ?? []).slice(0, FIGURES))
        page.say(`· ${detail.text[voice]}${cite(detail.sources)}`, 2, 2, 'dim');
    }
    const open = factors.filter((entry) => entry.verdict === 'unknown');
    if (open.length > 0) page.say(`Not known here: ${open.map((finding) => finding.titles[voice]).join('; ')}`, 0, 2, 'dim');
  }

  const scores = kind('score');
  if (scores.length > 0) {
    page.heading(voice === 'patient' ? 'Outlook, as you asked for it' : 'Prognostic scores');
    for (const finding of scores) {
      page.say(finding.titles[voice], 0, 2, 'bold');
      page.say(`${finding.text[voice]}${cite(finding.sources)}`, 2);
      if (finding.missing.length > 0) page.say(`Missing: ${names(finding.missing, voice)}`, 2, 9, 'dim');
      for (const detail of finding.details ?? []) page.say(`· ${detail.text[voice]}${cite(detail.sources)}`, 2, 2, 'dim');
      page.blank();
    }
  }

  if (notes.length > 0) {
    page.heading('What was read');
    for (const line of readingLines(notes)) page.say(line, 0, 2);
  }
  if (numbers.size > 0) {
    page.heading('Sources');
    for (const [id, number] of numbers) page.say(`[${number}] ${sourceText(known.get(id) as Source)}`, 0, 5, 'dim');
  }
  page.blank();
  page.say(`Knowledge ${report.knowledge.version}, ${report.knowledge.hash.slice(0, 12)}`, 0, 0, 'dim');
  return page.toString();
}

/** How many figures of one finding a terminal shows. */
const FIGURES = 3;

const TEST_VERDICTS: Readonly<Record<string, Voices>> = {
  advised: { clinician: 'Advised', patient: 'Advised for a case like this' },
  disagree: { clinician: 'Bodies disagree', patient: 'Experts do not agree' },
  consider: { clinician: 'May be considered', patient: 'May be considered' },
  undecided: { clinician: 'Depends on what is missing', patient: 'Depends on what is not known yet' },
  'not-advised': { clinician: 'Not advised', patient: 'Not advised here' },
};

/** Facts that have to be looked at before anything starts. */
function checkFirst(page: Page, { toCheck }: Finding, voice: Voice): void {
  if (toCheck !== undefined)
    page.say(`${voice === 'patient' ? 'Your team checks first' : 'To check first'}: ${names(toCheck, voice)}`, 4, 9, 'dim');
}

function testLines(page: Page, finding: Finding, voice: Voice, cite: (ids: readonly string[]) => string): void {
  page.say(`${finding.titles[voice]}. ${finding.text[voice]}${cite(finding.sources)}`, 2, 2);
  if (voice === 'clinician') {
    for (const position of finding.positions ?? [])
      if (position.applies === 'yes' || position.applies === 'judgement')
        page.say(`${position.body}: ${position.says}. ${position.text.clinician}`, 4, 2, 'dim');
  } else if (finding.about) page.say(finding.about.patient, 4, 0, 'dim');
  for (const detail of (finding.details ?? []).filter((entry) => !entry.clinicianOnly).slice(0, FIGURES))
    page.say(`· ${detail.text[voice]}${cite(detail.sources)}`, 4, 2, 'dim');
  if (finding.tells && finding.tells.length > 0)
    page.say(`${voice === 'patient' ? 'It would tell' : 'Would settle'}: ${names(finding.tells, voice)}`, 4, 9, 'dim');
  checkFirst(page, finding, voice);
}

/** Findings that stand for many treatments, of which only the names are shown. */
const WAITING: ReadonlySet<string> = new Set(['if-needed', 'being-tried']);

/** Verdicts whose own sentence has to stand beside the title; for the others the heading says it. */
const SAYS_IT_ALL: ReadonlySet<string> = new Set(['contraindicated', 'not-supported']);

function optionLines(page: Page, finding: Finding, voice: Voice, cite: (ids: readonly string[]) => string): void {
  page.say(`${finding.titles[voice]}${cite(finding.sources)}`, 2, 2);
  if (voice === 'patient') {
    page.say(SAYS_IT_ALL.has(finding.verdict) ? finding.text.patient : (finding.about ?? finding.text).patient, 4, 0, 'dim');
  } else {
    for (const position of finding.positions ?? []) {
      if (position.applies === 'no' || position.applies === 'held') continue;
      const open = position.applies === 'unknown' ? ', open' : position.conditions === 'open' ? ', conditions open' : '';
      page.say(`${position.body}: ${position.says}${open}. ${position.text.clinician}`, 4, 2, 'dim');
    }
    for (const detail of WAITING.has(finding.verdict) ? [] : (finding.details ?? []))
      if (!detail.clinicianOnly && detail.sources.length > 0)
        page.say(`· ${detail.text.clinician}${cite(detail.sources)}`, 4, 2, 'dim');
  }
  // For a patient the questions above say what is missing; a list of it under each treatment only repeats them.
  if (voice === 'patient' && finding.verdict === 'undecided') return;
  if (WAITING.has(finding.verdict)) {
    page.say((finding.details ?? []).map((detail) => detail.text[voice]).join('; '), 4, 0, 'dim');
    return;
  }
  if (finding.because.length > 0) page.say(`Because: ${reasons(finding.because.slice(0, 6), voice)}`, 4, 9, 'dim');
  if (finding.missing.length > 0) page.say(`Missing: ${names(finding.missing, voice)}`, 4, 9, 'dim');
  checkFirst(page, finding, voice);
}

/** The possible sets, one line per system and basis. */
export function stageLines(report: Report): readonly string[] {
  const line = (name: string, basis: string, set: StageSet): string =>
    `${`${name}, ${basis}`.padEnd(24)} ${categoriesText(set).padEnd(16)} ${set.group.length === 0 ? 'no group' : set.group.join(' or ')}`;
  const lines: string[] = [];
  for (const [key, bases] of Object.entries(report.stage.pleural ?? {})) {
    for (const [basis, set] of Object.entries(bases)) {
      if (basis === 'clinical' || set.status === 'assessed') lines.push(line(key.replace('tnm', 'TNM '), basis, set));
    }
  }
  for (const [basis, set] of Object.entries(report.stage.peritoneal?.yan ?? {})) lines.push(line('Yan 2011', basis, set));
  const pci = report.stage.peritoneal?.pci;
  if (pci) lines.push(`${'PCI'.padEnd(24)} ${pci.min === pci.max ? pci.min : `${pci.min} to ${pci.max}`}`);
  return lines;
}

/** The next facts, with what each answer would settle. */
export function nextLines(
  report: Report,
  voice: Voice,
  most: number,
): readonly { readonly text: string; readonly indent: number; readonly dim: boolean }[] {
  const lines: { text: string; indent: number; dim: boolean }[] = [];
  const verdictWords = (verdict: string): string => (VERDICTS[verdict]?.clinician ?? 'does not apply').toLowerCase();
  report.next.slice(0, most).forEach((entry, index) => {
    const worth = [
      entry.settles.stage > 0 ? 'stage' : undefined,
      entry.settles.options > 0 ? `${entry.settles.options} option${entry.settles.options === 1 ? '' : 's'}` : undefined,
      entry.settles.trials > 0 ? `${entry.settles.trials} open trial${entry.settles.trials === 1 ? '' : 's'}` : undefined,
    ].filter(Boolean);
    lines.push({ text: `${index + 1}. ${voice === 'patient' ? entry.question : entry.label.clinician}`, indent: 0, dim: false });
    if (voice === 'patient') lines.push({ text: entry.where, indent: 3, dim: true });
    if (voice === 'clinician') {
      lines.push({
        text: `bears on ${worth.join(' and ') || 'what can be said'}; learned by ${entry.learnedBy[0] ?? entry.cost}`,
        indent: 3,
        dim: true,
      });
    }
    if (voice === 'clinician') {
      for (const answer of entry.answers) {
        const stages = Object.entries(answer.stage ?? {}).map(
          ([key, groups]) => `${key.replace('tnm', 'TNM ')} ${groups.join('/')}`,
        );
        const options = answer.options.map((option) => `${option.title.clinician}: ${verdictWords(option.verdict)}`);
        const said = [...stages, ...options.slice(0, 3)];
        if (said.length > 0) lines.push({ text: `${answer.label.clinician}: ${said.join('; ')}`, indent: 5, dim: true });
      }
    }
  });
  if (report.next.length > most) lines.push({ text: `and ${report.next.length - most} more`, indent: 0, dim: true });
  return lines;
}

/** Counts, then every entry that was not used. */
export function readingLines(notes: readonly ReadingNote[], most = 40): readonly string[] {
  const of = (outcome: ReadingNote['outcome']): readonly ReadingNote[] => notes.filter((note) => note.outcome === outcome);
  const rest = [...of('refused'), ...of('unused')];
  const lines = [`${of('used').length} used, ${of('unused').length} not used, ${of('refused').length} refused`];
  for (const note of rest.slice(0, most))
    lines.push(`${note.outcome === 'refused' ? 'refused' : 'not used'}  ${note.at}: ${note.what} — ${note.why}`);
  if (rest.length > most) lines.push(`and ${rest.length - most} more; --format json lists them all`);
  return lines;
}

export function sourceText(source: Source): string {
  const author = source.author?.map((name) => name.literal ?? name.family).filter(Boolean)[0];
  const year = source.issued?.['date-parts'][0]?.[0];
  const link = source.DOI ? `doi.org/${source.DOI}` : (source.URL ?? (source.PMID ? `PMID ${source.PMID}` : ''));
  return [
    author,
    year ? `(${year})` : undefined,
    `${source.title}.`,
    source['container-title'] ? `${source['container-title']}.` : undefined,
    link,
  ]
    .filter(Boolean)
    .join(' ');
}
