/**
 * Anticancer drugs by the names a source may give them: INN first, then spellings and brands. The list covers what
 * mesothelioma and the cancers most often beside it are treated with; another name is kept as written.
 *
 * Codes: RxNorm ingredients and ATC as used in public mappings and in mCODE's own examples; only codes that were read
 * there, but for what is marked otherwise.
 */

import { lookUp } from './lookup.js';

interface Agent {
  readonly names: readonly string[];
  readonly rxnorm?: string;
  readonly atc?: readonly string[];
}

const AGENTS: Readonly<Record<string, Agent>> = {
  pemetrexed: { names: ['alimta', 'pemfexy', 'ciambra'], rxnorm: '68446', atc: ['L01BA04'] },
  // ATC L01XA01 is second-hand: the neighbour of L01XA02, not read in a source of its own.
  cisplatin: { names: ['cddp', 'platinol', 'cis-platinum', 'cisplatinum', 'cisplatine'], rxnorm: '2555', atc: ['L01XA01'] },
  carboplatin: { names: ['paraplatin', 'carboplatine'], rxnorm: '40048', atc: ['L01XA02'] },
  oxaliplatin: { names: ['eloxatin'], rxnorm: '32592' },
  bevacizumab: { names: ['avastin', 'mvasi', 'zirabev'], rxnorm: '253337', atc: ['L01FG01', 'L01XC07'] },
  ramucirumab: { names: ['cyramza'], rxnorm: '1535922' },
  nivolumab: { names: ['opdivo', 'bms-936558'], rxnorm: '1597876', atc: ['L01FF01'] },
  ipilimumab: { names: ['yervoy'], rxnorm: '1094833', atc: ['L01FX04', 'L01XC11'] },
  pembrolizumab: { names: ['keytruda', 'mk-3475'], rxnorm: '1547545', atc: ['L01FF02'] },
  durvalumab: { names: ['imfinzi'], rxnorm: '1919503', atc: ['L01FF03'] },
  atezolizumab: { names: ['tecentriq'], rxnorm: '1792776' },
  avelumab: { names: ['bavencio'] },
  tremelimumab: { names: ['imjudo'] },
  cemiplimab: { names: ['libtayo'] },
  dostarlimab: { names: ['jemperli'] },
  retifanlimab: { names: ['zynyz'] },
  sintilimab: { names: ['tyvyt'] },
  toripalimab: { names: ['loqtorzi'] },
  tislelizumab: { names: ['tevimbra'] },
  camrelizumab: { names: [] },
  ivonescimab: { names: [] },
  volrustomig: { names: [] },
  relatlimab: { names: ['opdualag'] },
  gemcitabine: { names: ['gemzar'], atc: ['L01BC05'] },
  vinorelbine: { names: ['navelbine'] },
  raltitrexed: { names: ['tomudex'] },
  pegargiminase: { names: ['adi-peg 20', 'adi-peg20', 'adi peg 20'] },
  lurbinectedin: { names: ['zepzelca'] },
  nintedanib: { names: ['vargatef'] },
  cediranib: { names: [] },
  anetumab: { names: ['anetumab ravtansine'] },
  mitomycin: { names: ['mitomycin c', 'mutamycin'] },
  doxorubicin: { names: ['adriamycin', 'doxil', 'caelyx'], rxnorm: '3639' },
  epirubicin: { names: ['ellence'] },
  idarubicin: { names: ['idamycin'] },
  cyclophosphamide: { names: ['cytoxan', 'endoxan'], rxnorm: '3002' },
  ifosfamide: { names: ['ifex'] },
  paclitaxel: { names: ['taxol', 'abraxane', 'nab-paclitaxel'], rxnorm: '56946' },
  docetaxel: { names: ['taxotere'] },
  vincristine: { names: ['oncovin'] },
  vinblastine: { names: ['velban'] },
  vindesine: { names: ['eldisine'] },
  etoposide: { names: ['vepesid'] },
  topotecan: { names: ['hycamtin'] },
  irinotecan: { names: ['camptosar', 'onivyde'] },
  fluorouracil: { names: ['5-fu', '5-fluorouracil', 'adrucil'] },
  capecitabine: { names: ['xeloda'] },
  methotrexate: { names: ['trexall'] },
  dacarbazine: { names: ['dtic'] },
  temozolomide: { names: ['temodar', 'temodal'] },
  trastuzumab: { names: ['herceptin'] },
  pertuzumab: { names: ['perjeta'] },
  rituximab: { names: ['rituxan', 'mabthera'] },
  cetuximab: { names: ['erbitux'] },
  amivantamab: { names: ['rybrevant'] },
  anastrozole: { names: ['arimidex'], rxnorm: '84857' },
  letrozole: { names: ['femara'] },
  exemestane: { names: ['aromasin'] },
  tamoxifen: { names: ['nolvadex'], rxnorm: '10324' },
  fulvestrant: { names: ['faslodex'] },
  gefitinib: { names: ['iressa'] },
  erlotinib: { names: ['tarceva'] },
  osimertinib: { names: ['tagrisso'] },
  crizotinib: { names: ['xalkori'] },
  alectinib: { names: ['alecensa'] },
  brigatinib: { names: ['alunbrig'] },
  lorlatinib: { names: ['lorbrena', 'lorviqua'] },
  ceritinib: { names: ['zykadia'] },
  imatinib: { names: ['gleevec', 'glivec'] },
  sunitinib: { names: ['sutent'] },
  pazopanib: { names: ['votrient'] },
  regorafenib: { names: ['stivarga'] },
  sorafenib: { names: ['nexavar'] },
  lenvatinib: { names: ['lenvima'] },
  olaparib: { names: ['lynparza'] },
  rucaparib: { names: ['rubraca'] },
  niraparib: { names: ['zejula'] },
  abemaciclib: { names: ['verzenio'] },
  palbociclib: { names: ['ibrance'] },
  tazemetostat: { names: ['tazverik'] },
  everolimus: { names: ['afinitor'] },
};

const byName = new Map<string, string>();
const byRxnorm = new Map<string, string>();
const byAtc = new Map<string, string>();
for (const [inn, agent] of Object.entries(AGENTS)) {
  for (const name of [inn, ...agent.names]) byName.set(name, inn);
  if (agent.rxnorm !== undefined) byRxnorm.set(agent.rxnorm, inn);
  for (const code of agent.atc ?? []) byAtc.set(code, inn);
}
/** Longest first, so that `nab-paclitaxel` is found before a part of it. */
const pattern = new RegExp(
  `(?<![a-z0-9])(${[...byName.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')})(?![a-z0-9])`,
  'g',
);

/** The agents named in a text, in the order of the text, each once. `cisplatin 1 MG/ML Injectable Solution` gives `cisplatin`. */
export function agentsIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.slice(0, 2000).toLowerCase().matchAll(pattern)) found.add(byName.get(match[1] ?? '') ?? '');
  return [...found].filter((agent) => agent !== '');
}

/** The agent of one name exactly, or undefined when it is not in the list. */
export function agentOf(name: string): string | undefined {
  return byName.get(name.trim().toLowerCase());
}

/** Short names as they stand in a list of drugs; in free text they may mean something else. */
const SHORT: Readonly<Record<string, string>> = {
  cis: 'cisplatin',
  carbo: 'carboplatin',
  pem: 'pemetrexed',
  bev: 'bevacizumab',
  nivo: 'nivolumab',
  ipi: 'ipilimumab',
  pembro: 'pembrolizumab',
};

/**
 * The agents of one entry in a list of drugs: `cisplatin + pemetrexed`, `pemetrexed disodium`, `nivo/ipi`. What is not in the
 * list of agents, or is denied ("no cisplatin"), comes back as `unknown`, in lower case; `all` holds both in their order.
 */
export function agentsNamed(entry: string): { readonly all: readonly string[]; readonly unknown: readonly string[] } {
  const known = (name: string): readonly string[] => {
    const own = agentOf(name) ?? lookUp(SHORT, name);
    if (own !== undefined) return [own];
    return /\b(no|not|without|non|never|declined|refused)\b/.test(name) ? [] : agentsIn(name);
  };
  const whole = entry.trim().toLowerCase();
  const alone = agentOf(whole);
  const parts = alone === undefined ? whole.split(/[+/&,;]|\s(?:and|plus|with)\s/).map((part) => part.trim()) : [whole];
  const named = parts.filter((part) => part !== '').map((part) => ({ part, agents: known(part) }));
  // Parts that are all unknown are one name: it is kept whole.
  if (named.every(({ agents }) => agents.length === 0))
    return whole === '' ? { all: [], unknown: [] } : { all: [whole], unknown: [whole] };
  return {
    all: [...new Set(named.flatMap(({ part, agents }) => (agents.length > 0 ? agents : [part])))],
    unknown: named.flatMap(({ part, agents }) => (agents.length > 0 ? [] : [part])),
  };
}

/** The agent of an RxNorm ingredient or an ATC code. */
export function agentOfCode(system: string, code: string): string | undefined {
  if (/rxnorm/i.test(system)) return byRxnorm.get(code);
  if (/whocc\.no\/atc|bfarm\/atc|\batc\b/i.test(system)) return byAtc.get(code);
  return undefined;
}

/** The codes of an agent by its INN: an RxNorm ingredient, and ATC codes. */
export function codesOfAgent(inn: string): { readonly rxnorm?: string; readonly atc?: readonly string[] } {
  return lookUp(AGENTS, inn) ?? {};
}

/** Every INN of the list, for "did you mean". */
export const AGENT_NAMES: readonly string[] = Object.keys(AGENTS);
