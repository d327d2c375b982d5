/** Conditions: the mesothelioma itself, other cancers, places it has spread to, other illness. */
import type { PartialDate } from '@serosa/core';
import { lookUp } from '../value/lookup.js';
import type { Resource } from './bundle.js';
import {
  ICD10,
  MESOTHELIOMA_CODES,
  ORGAN_CODES,
  ORGAN_SITES,
  ORGAN_WORDS,
  type Organ,
  PRIMARY_SITES,
  SECONDARY_ICD,
  SNOMED,
} from './codes.js';
import { Account, type Context, dateOf, describe, sideInWords, sideOf } from './context.js';
import { type Concept, concept, conceptName, conceptWords, extensions, type Json, list, objects, profiles } from './json.js';
import { stageOfCondition } from './stage.js';

type Kind = 'mesothelioma' | 'other-cancer' | 'unclear-cancer' | 'secondary' | 'doubtful-secondary' | 'other';

interface Parts {
  readonly account: Account;
  readonly kind: Kind;
  readonly code: Concept;
  readonly morphology: Concept;
  readonly sites: readonly Json[];
  readonly words: string;
  /** `confirmed` also when nothing is said. */
  readonly certainty: 'confirmed' | 'unconfirmed' | 'refuted' | 'error';
  readonly date: PartialDate | undefined;
}

/** Reads the primary cancers first: where the others are depends on them. */
export function readConditions(context: Context, conditions: readonly Resource[]): void {
  const parts = conditions.map((resource) => partsOf(context, resource));
  for (const part of parts) if (part.kind === 'mesothelioma') mesothelioma(context, part);
  for (const part of parts) if (part.kind === 'other-cancer' || part.kind === 'unclear-cancer') otherCancer(context, part);
  concludeOtherCancer(context, parts);
  for (const part of parts) if (part.kind === 'secondary') secondary(context, part);
  for (const part of parts) if (part.kind === 'other') comorbidity(part);
  for (const { account, kind } of parts) account.close(REASONS[kind]);
}

const REASONS: Readonly<Record<Kind, string>> = {
  mesothelioma: 'The diagnosis says nothing that could be read.',
  'other-cancer': 'Another cancer, not mesothelioma.',
  'unclear-cancer': 'A cancer whose kind cannot be told from its code: it is not taken for mesothelioma, nor for another cancer.',
  secondary: 'Where the metastasis is cannot be told from its code.',
  'doubtful-secondary': 'The words deny the metastasis or leave it in doubt: the site stays unknown.',
  other: 'No fact of the catalogue depends on this illness.',
};

function partsOf(context: Context, resource: Resource): Parts {
  const { json } = resource;
  const code = withDots(concept(json['code']));
  const morphology = concept(
    [
      ...extensions(json, 'mcode-histology-morphology-behavior'),
      ...extensions(json, 'onco-core-HistologyMorphologyBehavior-extension'),
    ][0]?.['valueCodeableConcept'],
  );
  const sites = objects(json['bodySite']);
  const account = new Account(context, resource, describe('Condition', code, resource.at)).read(
    'verificationStatus',
    'clinicalStatus',
    'bodySite',
    'onsetDateTime',
    'onsetPeriod',
    'recordedDate',
    'stage',
    'evidence',
  );
  const words = conceptWords(code);
  return {
    account,
    code,
    morphology,
    sites,
    words,
    kind: kindOf(resource, code, morphology, words),
    certainty: certaintyOf(account),
    date: diagnosisDate(json),
  };
}

/** ICD-10 as many systems send it, without the dot: `C450` is `C45.0`. */
function withDots({ codings, text: own }: Concept): Concept {
  return {
    text: own,
    codings: codings.map((coding) => {
      const upper = coding.code.toUpperCase();
      return coding.system === ICD10 && /^[A-Z]\d\d[0-9A-Z]+$/.test(upper)
        ? { ...coding, code: `${upper.slice(0, 3)}.${upper.slice(3)}` }
        : coding;
    }),
  };
}

/** The words of FHIR's own list, SNOMED's codes for the same, and what people write; the first that fits. */
const CERTAINTIES: readonly (readonly [RegExp, Parts['certainty']])[] = [
  [/^(entered[- ]in[- ]error|723510000)$/, 'error'],
  [/\b(not|cannot|never)\b.*\b(refuted|ruled out|excluded)\b/, 'unconfirmed'],
  [/\b(refuted|ruled out|excluded|known absent|definitely not present)\b|^410594000$/, 'refuted'],
  [/unconfirmed|not confirmed|provisional|differential|suspect|probabl|possibl|^410590009$/, 'unconfirmed'],
  [/\bconfirmed\b|^410605003$/, 'confirmed'],
];

/** All codings and the text count. A status that is there but not understood, or that contradicts itself, proves nothing. */
function certaintyOf(account: Account): Parts['certainty'] {
  const status = account.json['verificationStatus'];
  if (status === undefined || status === null) return 'confirmed';
  const said = list(status).map((one) => concept(one));
  const words = said
    .flatMap(({ codings, text: own }) => [own, ...codings.flatMap(({ code, display }) => [code, display])])
    .map((word) => word.trim().toLowerCase());
  const found = new Set(words.flatMap((word) => CERTAINTIES.find(([pattern]) => pattern.test(word))?.[1] ?? []));
  if (found.has('error')) return 'error';
  const [only] = found;
  if (found.size === 1 && only !== undefined) return only;
  const shown = words.filter((word) => word !== '').join(', ');
  account.ignore(
    found.size === 0
      ? `The verification status "${shown}" is none that is known here: it is taken for unconfirmed.`
      : `The verification status "${shown}" contradicts itself: it is taken for unconfirmed.`,
  );
  return 'unconfirmed';
}

/** When it was found: mCODE's asserted date, onset, or failing those the day it was written down. */
function diagnosisDate(json: Json): PartialDate | undefined {
  const asserted = extensions(json, 'condition-assertedDate')[0];
  return (asserted && dateOf(asserted, 'valueDateTime')) ?? dateOf(json, 'onsetDateTime', 'onsetPeriod', 'recordedDate');
}

const NOT_MESOTHELIOMA = /benign|adenomatoid|family history|no evidence|ruled? out|exclud|screening|risk of|suspect/i;
const MALIGNANT = /malignan|carcinoma|cancer|lymphoma|leuk(a)?emia|sarcoma|melanoma|myeloma|blastoma|glioma/i;
const NOT_A_DIAGNOSIS = /history|family|suspect|screening|benign|risk|fear|education|in situ|remission of/i;
/** Words that deny a finding or leave it in doubt. */
const DENIED_OR_DOUBTFUL =
  /exclud|ruled? out|no evidence|possible|possibly|probable|probably|query|\?|negative|unlikely|\br\/o\b|\bnot\b|\b(no|without|absence of)\b.*(metasta|secondar)|non-?metasta/i;
/** Parts of names in which such a word denies nothing. */
const NAMES_WITH_NOT =
  /\bnot (otherwise|elsewhere) (specified|classified)|\bnot specified\b|\b(triple|receptor|her-?2|her2\/neu|er|pr|egfr|alk)[\s-]+negative\b/gi;

function isDeniedOrDoubtful(words: string): boolean {
  return DENIED_OR_DOUBTFUL.test(words.replace(NAMES_WITH_NOT, ''));
}

/** True when the words do not state a finding: they deny it, doubt it, or speak of the past or the family. */
function isNoDiagnosis(words: string): boolean {
  return NOT_A_DIAGNOSIS.test(words) || isDeniedOrDoubtful(words);
}

/** Names and codes that do not say which cancer it is. */
const UNCLEAR =
  /pleura|peritone|pericardi|unknown primary|unspecified site|malignant neoplastic disease|^malignant (neoplasm|tumou?r)( \(.*\))?$|^cancer$/i;
const UNCLEAR_ICD = /^C(38|48|76|80)/;

function kindOf(resource: Resource, code: Concept, morphology: Concept, words: string): Kind {
  const icd = code.codings.filter(({ system }) => system === ICD10).map((coding) => coding.code.toUpperCase());
  const profile = profiles(resource.json);
  const isProfile = (name: string): boolean => profile.some((own) => own.endsWith(name));
  if (
    icd.some((own) => /^C7[789]/.test(own)) ||
    code.codings.some((coding) => coding.code === '128462008') ||
    isProfile('secondary-cancer-condition')
  )
    return isNoDiagnosis(words) ? 'doubtful-secondary' : 'secondary';
  const all = [...code.codings, ...morphology.codings];
  if (
    icd.some((own) => own.startsWith('C45')) ||
    all.some((coding) => MESOTHELIOMA_CODES.has(coding.code) || /^905[0-3]\/3$|^9050\/2$/.test(coding.code))
  )
    return 'mesothelioma';
  const morphologyWords = conceptWords(morphology);
  if (/mesotheliom/i.test(`${words} ${morphologyWords}`) && !NOT_MESOTHELIOMA.test(words) && !isDeniedOrDoubtful(words))
    return 'mesothelioma';
  if (
    code.codings.some((coding) => Object.hasOwn(ORGAN_CODES, coding.code)) ||
    /secondary (malignant )?(neoplasm|tumou?r|cancer)|metasta/i.test(words)
  ) {
    return isNoDiagnosis(words) ? 'doubtful-secondary' : 'secondary';
  }
  if (icd.some((own) => UNCLEAR_ICD.test(own))) return 'unclear-cancer';
  if (icd.some((own) => /^C([0-6]\d|7[0-5]|8[1-9]|9\d)/.test(own) && !/^C44/.test(own))) return 'other-cancer';
  const primary = isProfile('primary-cancer-condition');
  if (UNCLEAR.test(words) && MALIGNANT.test(words)) return 'unclear-cancer';
  if (MALIGNANT.test(words) && !isNoDiagnosis(words)) return 'other-cancer';
  if (primary && MALIGNANT.test(morphologyWords)) return 'other-cancer';
  return primary ? 'unclear-cancer' : 'other';
}

// ── the primary cancer ─────────────────────────────────────────────────────────────────────────────────────────────────

function mesothelioma(context: Context, part: Parts): void {
  const { account, certainty, code, morphology, sites, date } = part;
  const { cancer } = context;
  const dated = date === undefined ? {} : { date };
  if (certainty === 'error') {
    account.ignore('Entered in error.');
    return;
  }
  if (certainty === 'unconfirmed') {
    cancer.unclear = true;
    account.ignore('The diagnosis is not confirmed: nothing follows from it yet.');
    return;
  }
  if (certainty === 'refuted') {
    account.observe('tumour.mesothelioma', false, { ...dated, note: 'the diagnosis was refuted' });
    return;
  }
  const first = !cancer.mesothelioma;
  cancer.mesothelioma = true;
  account.observe('tumour.mesothelioma', true, dated);
  const site = primarySite(context, part);
  if (site !== undefined) account.observe('tumour.primary-site', site, dated);
  const side = sideOf(sites) ?? sideInWords(conceptWords(code));
  if (side) account.observe('tumour.laterality', side, dated);
  const histology = histologyOf(context, [morphology, code]);
  if (histology !== undefined) account.observe('tumour.histology', histology, dated);
  else if (morphology.codings.length > 0)
    account.ignore(`The morphology "${conceptName(morphology)}" is no type of mesothelioma that is known here.`);
  if (date !== undefined) account.observe('tumour.diagnosis-date', date);
  if (first) {
    cancer.site = site;
    cancer.side = side;
  }
  stageOfCondition(context, account);
}

function primarySite(context: Context, { code, sites, words }: Parts): string | undefined {
  for (const coding of code.codings) {
    for (const { fact, value } of context.catalogue.meanings(coding.system, coding.code)) {
      if (fact.id === 'tumour.primary-site' && value) return value.id;
    }
  }
  const bodies = sites.map((site) => concept(site));
  for (const coding of bodies.flatMap(({ codings }) => codings)) {
    const site = lookUp(PRIMARY_SITES, coding.code);
    if (site !== undefined) return site;
  }
  const all = `${words} | ${bodies.map(conceptWords).join(' | ')}`;
  if (/tunica vaginalis|paratesticular|testi[cs]|spermatic/i.test(all)) return 'tunica-vaginalis';
  if (/pericardi/i.test(all)) return 'pericardium';
  if (/peritone|abdom/i.test(all)) return 'peritoneum';
  return /pleura/i.test(all) ? 'pleura' : undefined;
}

const HISTOLOGY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/desmoplastic/i, 'desmoplastic'],
  [/biphasic|mixed (type|epithelioid)/i, 'biphasic'],
  [/in situ/i, 'in-situ'],
  [/well[- ]differentiated papillary/i, 'well-differentiated-papillary'],
  [/multicystic|inclusion cyst/i, 'multicystic'],
  [/sarcomat|fibrous|spindle/i, 'sarcomatoid'],
  [/epithelioid|epithelial/i, 'epithelioid'],
];

/** Words decide before codes where they are finer: ICD-O-3 files desmoplastic under sarcomatoid. */
function histologyOf(context: Context, concepts: readonly Concept[]): string | undefined {
  let coded: string | undefined;
  for (const { codings } of concepts) {
    for (const coding of codings) {
      const meaning = context.catalogue
        .meanings(coding.system, coding.code)
        .find(({ fact, value }) => fact.id === 'tumour.histology' && value);
      coded ??= meaning?.value?.id;
    }
  }
  const words = concepts.map(conceptWords).join(' | ');
  const named = HISTOLOGY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
  if (coded === undefined || (coded === 'sarcomatoid' && named === 'desmoplastic')) return named ?? coded;
  return coded;
}

function otherCancer(context: Context, { account, kind, certainty, words, date }: Parts): void {
  if (certainty === 'error') {
    account.ignore('Entered in error.');
    return;
  }
  if (certainty === 'refuted') {
    account.ignore('This diagnosis was refuted.');
    return;
  }
  if (certainty === 'unconfirmed' || kind === 'unclear-cancer') {
    context.cancer.unclear = true;
    if (certainty === 'unconfirmed') account.ignore('The diagnosis is not confirmed: nothing follows from it yet.');
    else stageOfCondition(context, account);
    return;
  }
  context.cancer.others.set(account.resource, words || account.what);
  if (context.cancer.mesothelioma) {
    account.observe('comorbid.other-cancer', true, { ...(date === undefined ? {} : { date }), note: words || account.what });
    if (account.json['stage'] !== undefined) account.ignore('Its stage is that of another cancer.');
  } else stageOfCondition(context, account);
}

/** Only a cancer that is clearly another one, and no trace of mesothelioma, says that this is not mesothelioma. */
function concludeOtherCancer({ cancer }: Context, parts: readonly Parts[]): void {
  if (cancer.mesothelioma || cancer.unclear) return;
  for (const { account, date } of parts) {
    const name = cancer.others.get(account.resource);
    if (name === undefined) continue;
    account.observe('tumour.mesothelioma', false, {
      ...(date === undefined ? {} : { date }),
      note: `the diagnosis is another cancer (${name}). Serosa is a guide to mesothelioma: what it says does not apply here`,
    });
    return;
  }
}

// ── spread ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function secondary(context: Context, part: Parts): void {
  const { account, certainty, code, sites, words, date } = part;
  if (certainty === 'error') {
    account.ignore('Entered in error.');
    return;
  }
  if (certainty === 'unconfirmed') {
    account.ignore('The metastasis is not confirmed: the site stays unknown.');
    return;
  }
  const bodies = sites.map((site) => concept(site));
  const organ = organOf(code, bodies);
  const listed = organ === undefined || organ === 'other' || organ === 'nodes' ? siteInCatalogue(context, code) : undefined;
  if (!organ && listed === undefined) return;
  const side = sideOf(sites) ?? sideInWords(words) ?? sideOfIcd(code);
  const place =
    listed === undefined
      ? siteOf(context, organ ?? 'other', side, [words, ...bodies.map(conceptWords)].join(' | '))
      : { fact: listed };
  if ('why' in place) {
    account.ignore(place.why);
    return;
  }
  const ended = concept(account.json['clinicalStatus']).codings.find((coding) =>
    ['resolved', 'remission', 'inactive'].includes(coding.code),
  )?.code;
  account.observe(place.fact, certainty !== 'refuted', {
    ...(date === undefined ? {} : { date }),
    ...(certainty === 'refuted'
      ? { note: 'the metastasis was refuted' }
      : ended === undefined
        ? {}
        : { note: `clinical status is ${ended}` }),
  });
}

/** A site that the catalogue lists by the very code, for organs that this reader does not know. */
function siteInCatalogue({ catalogue }: Context, code: Concept): string | undefined {
  for (const coding of code.codings) {
    for (const { fact, value } of catalogue.meanings(coding.system, coding.code.toUpperCase())) {
      if (fact.type === 'boolean' && !value && fact.id.startsWith('site.')) return fact.id;
    }
  }
  return undefined;
}

function organOf(code: Concept, bodies: readonly Concept[]): Organ | undefined {
  for (const { system, code: own } of code.codings) {
    const upper = own.toUpperCase();
    const organ =
      system === ICD10
        ? (lookUp(SECONDARY_ICD, upper.slice(0, 6)) ??
          lookUp(SECONDARY_ICD, upper.slice(0, 5)) ??
          (/^C7[89]\.[0-8]/.test(upper) ? 'other' : undefined))
        : system === SNOMED
          ? lookUp(ORGAN_CODES, own)
          : undefined;
    if (organ) return organ;
  }
  for (const { code: own } of bodies.flatMap(({ codings }) => codings)) {
    const organ = lookUp(ORGAN_CODES, own);
    if (organ) return organ;
  }
  const words = [...bodies, code].map(conceptWords).filter((line) => line !== '');
  for (const line of words) for (const [pattern, organ] of ORGAN_WORDS) if (pattern.test(line)) return organ;
  // A chapter code alone (C78, C79) says that there is a metastasis, and nothing of the place.
  return undefined;
}

/** ICD-10-CM writes the side as the fifth character of paired organs: 1 right, 2 left. */
function sideOfIcd(code: Concept): 'left' | 'right' | undefined {
  for (const coding of code.codings) {
    const digit = coding.system === ICD10 ? /^C7(?:8\.0|9\.0|9\.7)([12])$/.exec(coding.code.toUpperCase())?.[1] : undefined;
    if (digit !== undefined) return digit === '1' ? 'right' : 'left';
  }
  return undefined;
}

/** The fact for an organ, which depends on where the primary is and, in the chest, on which side. */
function siteOf(
  { cancer }: Context,
  organ: Organ,
  side: string | undefined,
  words: string,
): { readonly fact: string } | { readonly why: string } {
  const simple = ORGAN_SITES[organ];
  if (simple !== undefined) return { fact: simple };
  const peritoneal = cancer.site === 'peritoneum';
  const opposite =
    /contralateral/i.test(words) ||
    (side !== undefined && cancer.side !== undefined && side !== cancer.side && side !== 'bilateral');
  const same = /ipsilateral/i.test(words) || (side !== undefined && side === cancer.side && side !== 'bilateral');
  switch (organ) {
    case 'lung':
      if (cancer.site !== undefined && cancer.site !== 'pleura') return { fact: 'site.lung' };
      if (opposite) return { fact: 'site.contralateral-lung' };
      return same
        ? { fact: 'site.ipsilateral-lung-nodules' }
        : { why: 'Which lung cannot be told: the side of the metastasis or of the mesothelioma is missing.' };
    case 'pleura':
      if (cancer.site !== undefined && cancer.site !== 'pleura') return { fact: 'site.pleura' };
      if (opposite) return { fact: 'site.contralateral-pleura' };
      return {
        why: same
          ? 'The pleura of the same side is where the mesothelioma itself is.'
          : 'Which pleura cannot be told: the side is missing.',
      };
    case 'peritoneum':
      return peritoneal ? { why: 'The peritoneum is where the mesothelioma itself is.' } : { fact: 'site.peritoneum' };
    case 'abdominal-nodes':
      return peritoneal
        ? { why: 'Nodes in the abdomen are regional for the peritoneum: state them as N.' }
        : { fact: 'site.abdominal-nodes' };
    case 'intrathoracic-nodes':
      return peritoneal
        ? { fact: 'site.mediastinal-nodes' }
        : { why: 'Nodes in the chest are regional for the pleura, and the station is not said: state them as N.' };
    default:
      return { why: `What "${organ}" means for the stage cannot be told from the code: state T, N and M.` };
  }
}

// ── other illness ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Yes-or-no facts that carry the condition's code, or the ICD-10 code above it. */
function comorbidity({ account, code, certainty, date }: Parts): void {
  if (certainty === 'error') {
    account.ignore('Entered in error.');
    return;
  }
  if (certainty === 'unconfirmed') {
    account.ignore('The diagnosis is not confirmed.');
    return;
  }
  for (const fact of factsOfIllness(account.context, code)) {
    account.observe(fact, certainty === 'confirmed', { ...(date === undefined ? {} : { date }) });
  }
}

/** Facts of yes or no that an illness settles: by the catalogue's own codes, exact or one level up in ICD-10. */
export function factsOfIllness({ catalogue }: Context, code: Concept): readonly string[] {
  const found = new Set<string>();
  for (const coding of withDots(code).codings) {
    const codes = coding.system === ICD10 ? [coding.code.toUpperCase(), coding.code.toUpperCase().slice(0, 3)] : [coding.code];
    for (const own of codes) {
      for (const { fact, value } of catalogue.meanings(coding.system, own)) {
        if (fact.type === 'boolean' && !value && !fact.id.startsWith('tumour.')) found.add(fact.id);
      }
      const more = coding.system === ICD10 ? lookUp(ILLNESS_ICD, own) : undefined;
      if (more !== undefined && catalogue.facts.get(more)?.type === 'boolean') found.add(more);
    }
  }
  return [...found];
}

/** Three-character ICD-10 categories whose meaning is exactly the fact's. */
const ILLNESS_ICD: Readonly<Record<string, string>> = {
  J44: 'comorbid.copd',
  I21: 'comorbid.heart-attack',
  I22: 'comorbid.heart-attack',
  I50: 'comorbid.heart-failure',
  I63: 'comorbid.stroke',
  I61: 'comorbid.stroke',
  J84: 'comorbid.interstitial-lung-disease',
};
