/** The command line. Exit codes: 0 done, 1 the input is at fault, 2 the usage is, 3 the program is. */
import { closeSync, openSync, writeSync } from 'node:fs';
import {
  type CaseRecord,
  type Guide,
  INTERVENTION_TYPES,
  isPartialDate,
  type Problem,
  RECORD_DERIVATIONS,
  type Reading,
  type Report,
  report,
  stageAnswer,
  standsBeforeTrials,
  TRIAL_PHASES,
  TRIAL_STATUSES,
  type Trial,
  type Voice,
} from '@serosa/core';
import { caseBundle, errorsOf, type LeftOut, writeCase } from '@serosa/interop';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { askText, topicText } from './guide-text.js';
import {
  type CaseOptions,
  KNOWLEDGE_FOLDER,
  loadGuide,
  loadTrials,
  Refusal,
  ROOT,
  readBytes,
  readOneCase,
  readRows,
} from './input.js';
import { nextLines, readingLines, reportText, type Style, sourceText, stageLines, wrap } from './text.js';
import { gathered, oneOf, trialsCommands } from './trials/commands.js';
import { kilometres, type MatchFlags, matchesOf, place, type TrialSource, trialsToMatch } from './trials/match.js';
import { matchText } from './trials/match-text.js';

interface CaseFlags {
  readonly as: Voice;
  readonly format: 'text' | 'json' | 'html' | 'fhir';
  readonly asOf: string;
  readonly map?: string;
  readonly id?: string;
  readonly patient?: string;
  readonly prognosis?: boolean;
  readonly out?: string;
}

/** Records that could not be read and are named one by one; JSON has them all. */
const MOST_COMPLAINTS = 20;

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isPartialDate(text)) throw new InvalidArgumentError('Write a date as 2026-11-24.');
  return text;
}

function whole(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Write a whole number above 0.');
  return Number(text);
}

function style(): Style {
  const columns = process.stdout.columns ?? 100;
  return { width: Math.min(columns, 100), colour: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined };
}

/** Writes whole output before the process ends, to a pipe as well. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

function complain(problems: readonly Problem[]): void {
  for (const problem of problems) {
    process.stderr.write(`${problem.at ? `${problem.at}: ` : ''}${problem.message}\n  ${problem.remedy}\n`);
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Runs one command. Returns the exit code; never throws and never prints a stack trace. */
export async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const done = (result: number): void => {
    code = result;
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that stopped reading, such as `head`, is not a fault.
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`The output cannot be written: ${error.code ?? error.message}.\n  Check the disk or the device.\n`);
    process.exit(3);
  });
  try {
    await program(done).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Refusal) {
      complain(error.problems);
      return error.exitCode;
    }
    // The server says what is wrong and what to do, such as another port.
    if (error instanceof Error && 'remedy' in error) {
      complain([{ code: 'serve', message: error.message, remedy: String(error.remedy) }]);
      return 2;
    }
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `Serosa failed: ${message}\n  This is a fault of the program. Please report it with the command you ran, without personal data.\n`,
    );
    return 3;
  }
}

function program(done: (code: number) => void): Command {
  const serosa = new Command('serosa')
    .description('A computable guide to mesothelioma and how it spreads: one case in, the whole explained answer out.')
    .version(loadVersion(), '-V, --version')
    .exitOverride()
    .showHelpAfterError('(serosa --help shows every command)')
    .configureHelp({ sortSubcommands: false });

  const onCase = (name: string, description: string, formats: readonly string[] = ['text', 'json', 'html']): Command =>
    serosa
      .command(name)
      .argument('<case>', 'a Serosa case (YAML or JSON), a FHIR R4 Bundle, a table with --map; - reads standard input')
      .description(description)
      .addOption(new Option('--as <voice>', 'whose words').choices(['clinician', 'patient']).default('clinician'))
      .addOption(new Option('--format <format>', 'output').choices([...formats]).default(formats[0]))
      .option('--as-of <date>', 'the day for which the answer holds', day, today())
      .option('--map <mapping>', 'read a CSV or TSV through this mapping (a file, or a shipped one: tcga-meso)')
      .option('--id <id>', 'which row of the table')
      .option('--patient <id>', 'which person of a bundle with several');

  onCase('report', 'the whole answer for one case')
    .option('--prognosis', "show prognostic scores in the patient's voice as well")
    .option('--out <file>', 'write to a file')
    .action(async (name: string, flags: CaseFlags) => {
      const { guide, reading } = await caseFor(name, flags);
      // A file shows what the page shows, and that has trials.
      const source = flags.format === 'html' ? await trialsToMatch(guide, { trials: [] }) : undefined;
      const answer = answerOf(guide, reading, flags, source?.trials);
      const text = source === undefined ? render(answer, reading, flags) : await htmlWith(source, guide, answer, reading);
      if (flags.out === undefined) await print(text);
      else writeOut(flags.out, [text]);
      done(exitFor(reading));
    });

  onCase('stage', 'stages in each edition, the possible sets, and what would narrow them').action(
    async (name: string, flags: CaseFlags) => {
      const { answer, reading, guide } = await answerFor(name, flags);
      if (flags.format === 'html') throw usage('stage has no html output; report has');
      if (flags.format === 'json')
        await print(
          json({
            schema: 'serosa.stage/1',
            knowledge: answer.knowledge,
            asOf: answer.asOf,
            case: answer.case,
            ...answer.stage,
            findings: answer.findings.filter((finding) => finding.kind === 'stage' || finding.kind === 'contradiction'),
          }),
        );
      else {
        const lines = stageLines(answer);
        const other = answer.findings.filter(
          (finding) =>
            (finding.kind === 'stage' &&
              (lines.length === 0 || finding.verdict === 'legacy' || finding.id.includes('.editions.'))) ||
            finding.kind === 'contradiction' ||
            finding.kind === 'notice',
        );
        const narrowed = answer.stage.narrowedBy.map((id) => guide.catalogue.get(id)?.label ?? id);
        const parts = [
          ...lines,
          ...(other.length > 0 ? [''] : []),
          ...other.flatMap((finding) => wrap(`${finding.titles[flags.as]}. ${finding.text[flags.as]}`, style().width)),
        ];
        if (narrowed.length > 0)
          parts.push(
            '',
            ...wrap(
              `Would narrow it: ${narrowed.slice(0, 12).join('; ')}${narrowed.length > 12 ? `; and ${narrowed.length - 12} more` : ''}`,
              style().width,
            ),
          );
        await print(`${parts.join('\n')}\n`);
      }
      done(exitFor(reading));
    },
  );

  onCase('match', 'trials for a case, criterion by criterion', ['text', 'json', 'fhir'])
    .option('--trials <path>', 'files or folders of trial records, instead of the store; may be given again', gathered, [])
    .option('--data <folder>', 'the store; else SEROSA_DATA, else serosa/trials in your data folder')
    .option('--trial <id>', 'one trial with every criterion')
    .option('--country <country>', 'with an open place in this country: English name or two letters')
    .option('--near <lat,lon>', 'nearest places first', place)
    .option('--within <km>', 'with --near: only trials with an open place that near', kilometres)
    .option('--phase <phase>', 'of this phase, such as 2; may be given again', oneOf(TRIAL_PHASES, 'PHASE'), [])
    .option(
      '--type <type>',
      'with an intervention of this type, such as drug or procedure; may be given again',
      oneOf(INTERVENTION_TYPES),
      [],
    )
    .option('--status <status>', 'with this status; may be given again', oneOf(TRIAL_STATUSES), [])
    .option('--open', 'only trials that take people')
    .option('--limit <number>', 'how many a terminal shows', whole, 10)
    .action(async (name: string, flags: CaseFlags & MatchFlags & { readonly limit: number }) => {
      if (flags.within !== undefined && flags.near === undefined) throw usage('--within needs --near, the place to count from');
      const { guide, reading } = await caseFor(name, flags);
      const { trials, unread } = await trialsToMatch(guide, flags);
      const matches = matchesOf(guide, reading.record, flags.asOf, trials, flags);
      const byId = new Map(trials.map((trial) => [trial.id, trial]));
      if (flags.format === 'json')
        await print(
          json({
            schema: 'serosa.match/1',
            knowledge: { version: guide.bundle.version, hash: guide.bundle.hash },
            asOf: flags.asOf,
            case: { id: reading.record.id },
            trials: matches.map((match) => {
              const { phases, knownAsOf, updated, sponsor, url } = byId.get(match.id) as Trial;
              return { ...match, phases, knownAsOf, updated, sponsor, url };
            }),
            unread,
          }),
        );
      else if (flags.format === 'fhir') {
        const { matchBundle } = await import('@serosa/interop');
        const matched = matches.map((match) => ({ match, trial: byId.get(match.id) as Trial }));
        await print(json(matchBundle(matched, { asOf: flags.asOf })));
      } else {
        const { findings } = report(guide, reading.record, { asOf: flags.asOf, voice: flags.as });
        await print(
          matchText(matches, trials, {
            first: findings.filter(standsBeforeTrials),
            unread,
            voice: flags.as,
            asOf: flags.asOf,
            limit: flags.limit,
            inFull: flags.trial !== undefined,
            style: style(),
            ...(flags.near === undefined ? {} : { near: flags.near }),
          }),
        );
      }
      const refused = unread.filter(({ outcome }) => outcome === 'refused');
      complain(
        refused.slice(0, MOST_COMPLAINTS).map(({ at, what, why }) => ({
          code: 'trial-not-read',
          at,
          message: `${what}: ${why}`,
          remedy: 'The other records were read.',
        })),
      );
      done(Math.max(exitFor(reading), refused.length > 0 ? 1 : 0));
    });

  onCase('next', 'the next facts worth knowing, and what each could settle').action(async (name: string, flags: CaseFlags) => {
    const stored = async (guide: Guide): Promise<readonly Trial[]> => (await trialsToMatch(guide, { trials: [] })).trials;
    const { answer, reading } = await answerFor(name, flags, stored);
    if (flags.format === 'html') throw usage('next has no html output; report has');
    if (flags.format === 'json') await print(json(answer.next));
    else
      await print(
        `${
          nextLines(answer, flags.as, 15)
            .map((line) =>
              wrap(line.text, style().width - line.indent)
                .map((part) => ' '.repeat(line.indent) + part)
                .join('\n'),
            )
            .join('\n') || 'Nothing is missing.'
        }\n`,
      );
    done(exitFor(reading));
  });

  onCase('check', 'validate a case: what was used, what was not, and what is wrong').action(
    async (name: string, flags: CaseFlags) => {
      const guide = loadGuide();
      const reading = await readOneCase(name, guide, flags);
      if (flags.format === 'json')
        await print(
          json({
            schema: 'serosa.reading/1',
            case: reading.record?.id,
            notes: reading.notes,
            ...(reading.problem ? { problem: reading.problem } : {}),
          }),
        );
      else if (reading.notes.length > 0)
        await print(
          `${readingLines(reading.notes, 1000)
            .flatMap((line) => wrap(line, style().width))
            .join('\n')}\n`,
        );
      if (reading.problem) complain([reading.problem]);
      done(reading.problem || reading.notes.some((note) => note.outcome === 'refused') ? 1 : 0);
    },
  );

  onCase('export', 'the case itself, for other programs: FHIR R4 with mCODE, or a case file', ['fhir', 'yaml', 'json'])
    .option('--out <file>', 'write to a file')
    .action(async (name: string, flags: CaseOptions & { readonly format: 'fhir' | 'yaml' | 'json'; readonly out?: string }) => {
      const { guide, reading } = await caseFor(name, flags);
      const { text, left } = exported(reading.record, guide, flags.format);
      if (flags.out === undefined) await print(text);
      else writeOut(flags.out, [text]);
      complain(
        left.map(({ what, why }) => ({
          code: 'left-out',
          at: what,
          message: why,
          remedy: 'The rest is written; `--format yaml` keeps this too.',
        })),
      );
      done(exitFor(reading));
    });

  const cohort = serosa.command('cohort').description('tables of cases');
  cohort
    .command('read')
    .argument('<table>', 'CSV or TSV')
    .description('read a table through a mapping: one case per row, with its reading report')
    .requiredOption('--map <mapping>', 'mapping file, or a shipped one: tcga-meso')
    .addOption(new Option('--format <format>', 'output').choices(['text', 'json']).default('text'))
    .option('--as-of <date>', 'the day for which the answer holds', day, today())
    .option('--out <file>', 'write the cases as NDJSON, one report per line')
    .addOption(new Option('--as <voice>', 'whose words').choices(['clinician', 'patient']).default('clinician'))
    .action(async (name: string, flags: CaseFlags) => {
      const guide = loadGuide();
      const { readings, notes } = await readRows(await readBytes(name), name, guide, flags);
      if (flags.out !== undefined) writeOut(flags.out, reportLines(guide, readings, flags));
      if (flags.format === 'json') {
        const rows = readings.map((reading) => ({
          case: reading.record?.id,
          stage: reading.record && stageAnswer(guide, reading.record, flags.asOf),
          notes: reading.notes,
          ...(reading.problem ? { problem: reading.problem } : {}),
        }));
        await print(json({ schema: 'serosa.cohort/1', notes, rows }));
      } else {
        const columns = readingLines(notes, 200).flatMap((line) => wrap(line, style().width));
        const lines = readings.flatMap((reading) => [
          `${(reading.record?.id ?? 'refused').padEnd(20)} ${readingLines(reading.notes)[0]}`,
          ...errorsOf(reading).map((problem) => `  ${problem.at ?? ''}: ${problem.message} ${problem.remedy}`),
        ]);
        await print(
          `Columns: ${columns.join('\n')}\n\n${lines.join('\n')}\n${readings.filter((reading) => reading.record).length} of ${readings.length} rows read\n`,
        );
      }
      const wrong = notes.some((note) => note.outcome === 'refused') || readings.some((reading) => errorsOf(reading).length > 0);
      done(wrong ? 1 : 0);
    });

  serosa
    .command('ask')
    .argument('<question...>', 'a question in your own words')
    .description("the guide's answer to a question, with its sources")
    .addOption(new Option('--as <voice>', 'whose words').choices(['clinician', 'patient']).default('patient'))
    .addOption(new Option('--format <format>', 'output').choices(['text', 'json']).default('text'))
    .action(async (words: readonly string[], flags: { readonly as: Voice; readonly format: string }) => {
      const question = words.join(' ').trim();
      if (question === '') throw usage('the question is empty');
      const { bundle, sources } = loadGuide();
      const { Asker } = await import('@serosa/ask');
      const result = new Asker(bundle).ask(question, flags.as);
      await print(flags.format === 'json' ? json(result) : askText(result, sources, flags.as, style()));
    });

  serosa
    .command('guide')
    .argument('[page]', 'a page of the guide; without it the list of pages')
    .description('read the guide')
    .addOption(new Option('--as <voice>', 'whose words').choices(['clinician', 'patient']).default('patient'))
    .action(async (id: string | undefined, flags: { readonly as: Voice }) => {
      const { bundle, sources } = loadGuide();
      const topic = bundle.topics.find((one) => one.id === id);
      if (id !== undefined && topic === undefined)
        throw new Refusal([
          { code: 'no-page', message: `The guide has no page ${id}.`, remedy: '`serosa guide` lists the pages.' },
        ]);
      await print(
        topic
          ? topicText(topic, sources, flags.as, style())
          : `${bundle.topics.map((one) => `${one.id.padEnd(28)} ${one.title[flags.as]}`).join('\n')}\n`,
      );
    });

  knowledgeCommands(serosa, done);
  trialsCommands(serosa, { done, print, json, style });

  serosa
    .command('schema')
    .description('the JSON Schema of a case file, for editors')
    .action(async () => {
      const { caseSchema } = await import('@serosa/interop');
      await print(json(caseSchema(loadGuide().bundle.facts)));
    });

  serosa
    .command('serve', { isDefault: true })
    .description('open the page on this machine')
    .option('--port <number>', 'port', (text) => wholeNumber(text), 4150)
    .action(async (flags: { readonly port: number }) => {
      const { serve } = await import('@serosa/server');
      const { url } = await serve({ port: flags.port, root: `${ROOT}/apps/web/dist/site` });
      await print(`Serosa is open at ${url}\nYour cases stay in your browser. Stop with Ctrl+C.\n`);
      await new Promise<void>((resolve) => {
        process.once('SIGINT', resolve);
        process.once('SIGTERM', resolve);
      });
      process.exit(0);
    });
  return serosa;
}

function knowledgeCommands(serosa: Command, done: (code: number) => void): void {
  const knowledge = serosa.command('knowledge').description('the guide as data: check it, look things up');
  const format = (): Option => new Option('--format <format>', 'output').choices(['text', 'json']).default('text');
  knowledge
    .command('check')
    .argument('[folder]', 'a knowledge folder', KNOWLEDGE_FOLDER)
    .description('hold the knowledge files against their schema and rules; exit 1 when one is broken')
    .option('--as-of <date>', 'the day on which reviews are aged', day, today())
    .addOption(format())
    .action(async (folder: string, flags: { asOf: string; format: string }) => {
      const { checkKnowledge } = await import('@serosa/knowledge/node');
      const checked = await checkKnowledge(folder, flags.asOf, Object.keys(RECORD_DERIVATIONS)).catch((error: Error) => {
        throw new Refusal([
          {
            code: 'no-folder',
            message: `${folder} cannot be read: ${error.message}.`,
            remedy: 'Name a folder of knowledge files.',
          },
        ]);
      });
      if (flags.format === 'json') await print(json(checked));
      else {
        const worth = checked.problems.filter((problem) => problem.severity !== 'info');
        const lines = worth.map(
          (problem) => `${problem.severity}  ${problem.at}\n  ${problem.message} ${problem.remedy} [${problem.code}]`,
        );
        const errors = worth.filter((problem) => problem.severity === 'error').length;
        lines.push(
          `${errors} error${errors === 1 ? '' : 's'}, ${worth.length - errors} warning${worth.length - errors === 1 ? '' : 's'}, ${checked.stats.counts.facts} facts, ${checked.stats.counts.trials} trials, ${checked.stats.counts.sources} sources, ${checked.stats.rules.driving} rules that drive, ${checked.stats.rules.held} held`,
        );
        await print(`${lines.join('\n')}\n`);
      }
      done(checked.ok ? 0 : 1);
    });
  knowledge
    .command('stats')
    .description('counts, evidence status, what is due for review')
    .option('--as-of <date>', 'the day on which reviews are aged', day, today())
    .action(async (flags: { asOf: string }) => {
      const { knowledgeStats } = await import('@serosa/knowledge');
      const { bundle } = loadGuide();
      const { trials, sources } = loadTrials();
      await print(json(knowledgeStats({ ...bundle, trials, sources: [...bundle.sources, ...sources] }, flags.asOf)));
    });
  knowledge
    .command('sources')
    .description('the bibliography')
    .addOption(format())
    .action(async (flags: { format: string }) => {
      const sources = [...loadGuide().bundle.sources, ...loadTrials().sources];
      await print(
        flags.format === 'json'
          ? json(sources)
          : `${sources.map((source) => `${source.id}\n  ${sourceText(source)}`).join('\n')}\n`,
      );
    });
  knowledge
    .command('show')
    .argument('<id>', 'a fact, a source, or anything that stands in a file of the knowledge')
    .description('one thing of the knowledge, as it stands')
    .action(async (id: string) => {
      const { bundle, catalogue } = loadGuide();
      const starter = loadTrials();
      const things = [
        ...bundle.staging,
        ...bundle.sites,
        ...bundle.scores,
        ...bundle.treatments,
        ...bundle.symptoms,
        ...bundle.cascade,
        ...bundle.factors,
        ...bundle.tests,
        ...bundle.survival,
        ...bundle.topics,
        ...bundle.words,
        ...bundle.glossary,
        ...bundle.sources,
        ...starter.trials,
        ...starter.sources,
      ];
      const found = [...things.filter((thing) => thing.id === id), ...(catalogue.has(id) ? [catalogue.get(id)] : [])];
      if (found.length === 0) {
        const near = [...things.map((thing) => thing.id), ...catalogue.keys()]
          .filter((other) => other.includes(id) || id.includes(other))
          .slice(0, 5);
        throw new Refusal([
          {
            code: 'no-such-id',
            message: `Nothing in the knowledge has the id ${id}.`,
            remedy: near.length > 0 ? `Perhaps: ${near.join(', ')}.` : '`serosa knowledge stats` counts what there is.',
          },
        ]);
      }
      await print(json(found.length === 1 ? found[0] : found));
    });
}

/** One report per line, made when it is written: a table may hold more people than reports fit into memory. */
function* reportLines(guide: Guide, readings: readonly Reading[], flags: CaseFlags): Generator<string> {
  for (const { record, notes, problem } of readings) {
    const answer = record && report(guide, record, { asOf: flags.asOf, voice: flags.as });
    yield `${JSON.stringify({ case: record, report: answer, notes, ...(problem ? { problem } : {}) })}\n`;
  }
}

function writeOut(file: string, parts: Iterable<string>): void {
  try {
    const handle = openSync(file, 'w');
    for (const part of parts) writeSync(handle, part);
    closeSync(handle);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const problem = {
      code: 'no-output',
      message: `${file || 'The output file'} cannot be written: ${error.code}.`,
      remedy: 'Name a file in a folder that exists and that you may write to.',
    };
    throw new Refusal([problem], 2);
  }
}

function usage(message: string): Refusal {
  return new Refusal([{ code: 'usage', message: `${message}.`, remedy: 'See serosa --help.' }], 2);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError('Give a number from 0 to 65535.');
  return value;
}

function loadVersion(): string {
  return '0.1.0';
}

type ReadCase = Reading & { readonly record: CaseRecord };

/** The case of a file; refused when nothing in it can be read as one. */
async function caseFor(name: string, flags: CaseOptions): Promise<{ readonly guide: Guide; readonly reading: ReadCase }> {
  const guide = loadGuide();
  const reading = await readOneCase(name, guide, flags);
  const { record } = reading;
  if (record !== undefined) return { guide, reading: { ...reading, record } };
  const problems = errorsOf(reading);
  throw new Refusal(
    problems.length > 0
      ? problems
      : [
          {
            code: 'nothing-read',
            message: 'Nothing in this input could be read as a case.',
            remedy: 'See docs/case-file.md for the form.',
          },
        ],
  );
}

async function answerFor(
  name: string,
  flags: CaseFlags,
  trials?: (guide: Guide) => Promise<readonly Trial[]>,
): Promise<{ readonly answer: Report; readonly reading: Reading; readonly guide: Guide }> {
  const { guide, reading } = await caseFor(name, flags);
  return { answer: answerOf(guide, reading, flags, await trials?.(guide)), reading, guide };
}

function answerOf(guide: Guide, reading: ReadCase, flags: CaseFlags, trials: readonly Trial[] = []): Report {
  return report(guide, reading.record, { asOf: flags.asOf, voice: flags.as, prognosis: flags.prognosis === true, trials });
}

/** A case with a refused entry is answered as far as it goes, and the exit code says that something was wrong. */
function exitFor(reading: Reading): number {
  const problems = errorsOf(reading);
  complain(problems);
  return problems.length > 0 ? 1 : 0;
}

async function htmlWith(source: TrialSource, guide: Guide, answer: Report, reading: ReadCase): Promise<string> {
  const { chooseTrials, matchCase, reportHtml, TRIALS_AT_ONCE } = await import('@serosa/web/view');
  const trials = new Map(source.trials.map((trial) => [trial.id, trial]));
  const { matches, filters } = matchCase(guide, reading.record, answer.asOf, trials);
  const { voice } = answer;
  const shown = chooseTrials(matches, trials, { filters, voice, limit: TRIALS_AT_ONCE[voice], added: source.records });
  return reportHtml(answer, reading, shown, guide.bundle.glossary);
}

function exported(
  record: CaseRecord,
  guide: Guide,
  format: 'fhir' | 'yaml' | 'json',
): { readonly text: string; readonly left: readonly LeftOut[] } {
  if (format !== 'fhir') return { text: writeCase(record, format), left: [] };
  const { bundle, left } = caseBundle(record, guide.bundle.facts);
  return { text: json(bundle), left };
}

function render(answer: Report, reading: Reading, flags: CaseFlags): string {
  if (flags.format === 'json') return json({ ...answer, reading: reading.notes });
  return reportText(answer, reading.notes, style());
}
