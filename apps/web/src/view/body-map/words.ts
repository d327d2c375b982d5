/** Words of the body map: short names for the figure, what a place is for somebody who never heard of it, and fixed sentences. */
import { type PrimarySite, type Reached, type SiteStatus, said, say, toSay, type Voice, type Voices } from '@serosa/core';

const both = (clinician: string, patient: string): Voices => ({ clinician, patient });

/** As they stand beside the figure: at most two short lines. The full name is the knowledge's. */
export const SHORT: Readonly<Record<string, Voices>> = {
  'abdominal-nodes': both('Abdominal nodes', 'Lymph nodes in the belly'),
  'abdominal-wall': both('Abdominal wall', 'Wall of the belly'),
  adrenal: both('Adrenal', 'Adrenal gland'),
  'axillary-nodes': both('Axillary nodes', 'Lymph nodes in the armpit'),
  bone: both('Bone', 'Bones'),
  brain: both('Brain', 'Brain'),
  'cervical-nodes': both('Cervical nodes', 'Lymph nodes in the neck'),
  'chest-wall': both('Chest wall', 'Chest wall'),
  'contralateral-lung': both('Contralateral lung', 'The other lung'),
  'contralateral-pleura': both('Contralateral pleura', 'Lining of the other lung'),
  diaphragm: both('Diaphragm', 'Breathing muscle'),
  'great-vessels': both('Great vessels', 'Large blood vessels'),
  'hepatic-hilum': both('Hepatic hilum', 'Vessels into the liver'),
  'inguinal-nodes': both('Inguinal nodes', 'Lymph nodes in the groin'),
  'ipsilateral-lung-nodules': both('Ipsilateral lung nodules', 'Spots in the same lung'),
  kidney: both('Kidney', 'Kidney'),
  liver: both('Liver', 'Liver'),
  lung: both('Lung', 'Lung'),
  'mediastinal-nodes': both('Intrathoracic nodes', 'Lymph nodes in the chest'),
  mediastinum: both('Mediastinum', 'Middle of the chest'),
  myocardium: both('Myocardium', 'Heart muscle'),
  'other-distant': both('Other distant site', 'Another place'),
  pancreas: both('Pancreas', 'Pancreas'),
  pericardium: both('Pericardium', 'Heart sac'),
  peritoneum: both('Peritoneum', 'Lining of the belly'),
  pleura: both('Pleura', 'Lining of a lung'),
  scrotum: both('Scrotal wall', 'Wall of the scrotum'),
  skin: both('Skin, soft tissue', 'Skin'),
  'small-bowel': both('Small bowel', 'Small bowel'),
  'spermatic-cord': both('Spermatic cord', 'Cord above the testicle'),
  spleen: both('Spleen', 'Spleen'),
  'thoracic-nodes': both('Thoracic nodes, any', 'Lymph nodes in the chest, any'),
  thyroid: both('Thyroid', 'Thyroid gland'),
  tract: both('Procedure tract', 'Scar or drain site'),
  'thoracic-nodes.contralateral': both('Nodes, other side', 'Nodes on the other side'),
  'thoracic-nodes.hilar': both('Hilar nodes', 'Nodes at the lung root'),
  'thoracic-nodes.intercostal': both('Intercostal nodes', 'Nodes between the ribs'),
  'thoracic-nodes.internal-mammary': both('Internal mammary nodes', 'Nodes by the breastbone'),
  'thoracic-nodes.mediastinal': both('Mediastinal nodes', 'Nodes mid-chest'),
  'thoracic-nodes.pericardial-fat-pad': both('Fat-pad nodes', 'Nodes by the heart'),
  'thoracic-nodes.peridiaphragmatic': both('Peridiaphragmatic nodes', 'Nodes at the breathing muscle'),
  'thoracic-nodes.scalene': both('Scalene nodes', 'Nodes low in the neck'),
  'thoracic-nodes.supraclavicular': both('Supraclavicular nodes', 'Nodes at the collarbone'),
};

const NODES = toSay('Lymph nodes are small filters, most no larger than a bean. Lymph, a clear fluid, passes through them.');

/** General anatomy, for patients and families. */
const WHAT: Readonly<Record<string, string>> = {
  'abdominal-nodes': toSay('These lie deep in the belly, along the large blood vessels.'),
  'abdominal-wall': toSay('The muscle and fat in front of the belly.'),
  adrenal: toSay('Two small glands, one on top of each kidney. They make hormones.'),
  'axillary-nodes': toSay('These lie in the armpits.'),
  bone: toSay('Any bone: the spine, the ribs, the hips, the arms and legs.'),
  brain: toSay('The brain and the thin layers around it.'),
  'cervical-nodes': toSay('These lie at the side of the neck.'),
  'chest-wall': toSay('The ribs, and the muscle between and over them.'),
  'contralateral-lung': toSay('The lung on the side where the mesothelioma did not begin.'),
  'contralateral-pleura': toSay('The thin double skin around the lung on the other side.'),
  diaphragm: toSay('The flat muscle under the lungs. It moves down when you breathe in, and parts the chest from the belly.'),
  'great-vessels': toSay('The large tubes that carry blood to and from the heart.'),
  'hepatic-hilum': toSay('The place under the liver where its blood vessels and bile duct go in and out.'),
  'inguinal-nodes': toSay('These lie in the groin.'),
  'ipsilateral-lung-nodules': toSay('Spots inside the lung itself, apart from the lining around it.'),
  kidney: toSay('Two organs at the back, below the ribs. They clean the blood and make urine.'),
  liver: toSay('A large organ under the ribs on your right. It cleans the blood.'),
  lung: toSay('The lungs take up air. Here the lung itself is meant, not the lining around it.'),
  'mediastinal-nodes': toSay('These lie in the middle of the chest.'),
  mediastinum: toSay('The room between the lungs, with the heart, the windpipe and the gullet.'),
  myocardium: toSay('The muscle of the heart, which pumps the blood.'),
  'other-distant': toSay('Any place that is not on this list.'),
  pancreas: toSay('A gland behind the stomach. It helps to digest food and makes insulin.'),
  pericardium: toSay('The thin double skin around the heart.'),
  peritoneum: toSay('The thin double skin that lines the belly and covers the organs in it.'),
  pleura: toSay('The thin double skin around each lung.'),
  scrotum: toSay('The bag of skin that holds the testicles.'),
  skin: toSay('Skin and the soft layer under it, away from the tumour and away from scars.'),
  'small-bowel': toSay('The long thin part of the gut, after the stomach.'),
  'spermatic-cord': toSay('The bundle of vessels that runs from the testicle up to the groin.'),
  spleen: toSay('An organ under the ribs on your left. It is part of the body’s defence.'),
  'thoracic-nodes': toSay('This means any of them in the chest or at the collarbone.'),
  thyroid: toSay('A gland at the front of the neck. It makes a hormone.'),
  tract: toSay('The way that a needle, a camera or a drain took through the skin.'),
  'thoracic-nodes.contralateral': toSay('These lie inside the chest, on the side where it did not begin.'),
  'thoracic-nodes.hilar': toSay('These lie where the airways enter the lung.'),
  'thoracic-nodes.intercostal': toSay('These lie between the ribs, towards the back.'),
  'thoracic-nodes.internal-mammary': toSay('These lie behind the ribs, beside the breastbone.'),
  'thoracic-nodes.mediastinal': toSay('These lie around the windpipe and the gullet.'),
  'thoracic-nodes.pericardial-fat-pad': toSay('These lie in the fat beside the heart.'),
  'thoracic-nodes.peridiaphragmatic': toSay('These lie on the large breathing muscle.'),
  'thoracic-nodes.scalene': toSay('These lie deep at the base of the neck, on either side.'),
  'thoracic-nodes.supraclavicular': toSay('These lie above the collarbone, on either side.'),
};

/** What a place is. Of every group of nodes it is said first what nodes are. */
export function whatIs(key: string): string | undefined {
  const what = WHAT[key];
  if (what === undefined) return undefined;
  return key.includes('nodes') ? `${said(NODES)} ${said(what)}` : said(what);
}

/** The regions of the peritoneal cancer index, by number. */
export const REGION_NAMES: readonly Voices[] = [
  both('0 Central', 'Middle, around the navel'),
  both('1 Right upper', 'Upper right, at the liver'),
  both('2 Epigastrium', 'Upper middle'),
  both('3 Left upper', 'Upper left, at the spleen'),
  both('4 Left flank', 'Left side'),
  both('5 Left lower', 'Lower left'),
  both('6 Pelvis', 'Lower middle, the pelvis'),
  both('7 Right lower', 'Lower right'),
  both('8 Right flank', 'Right side'),
  both('9 Upper jejunum', 'Small bowel, first part'),
  both('10 Lower jejunum', 'Small bowel, second part'),
  both('11 Upper ileum', 'Small bowel, third part'),
  both('12 Lower ileum', 'Small bowel, last part'),
];

export const BEGAN_IN: Readonly<Record<PrimarySite, Voices>> = {
  pleura: both('the pleura', 'the lining of the lung'),
  peritoneum: both('the peritoneum', 'the lining of the belly'),
  pericardium: both('the pericardium', 'the sac around the heart'),
  'tunica-vaginalis': both('the tunica vaginalis', 'the lining around the testicle'),
};

export const LEGEND: Readonly<Record<SiteStatus, Voices>> = {
  present: both('present', 'found here'),
  absent: both('absent', 'looked at, and clear'),
  unknown: both('unknown', 'not known'),
};

/** `11–32 %` for professionals; tenths in words for patients, because a bare number looks more exact than it is. */
export function reachedWords(reached: readonly Reached[], voice: Voice): string | undefined {
  if (reached.length === 0) return undefined;
  const shares = reached.map(({ percent }) => percent);
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  if (voice === 'clinician') {
    const range = low === high ? `${low} %` : `${low}–${high} %`;
    return `${range}, ${reached.length === 1 ? 'one series' : `${reached.length} series`}`;
  }
  const [from, to] = [Math.round(low / 10), Math.round(high / 10)];
  if (to === 0) return say`in fewer than 1 of 10 people in studies`;
  if (from === to) return say`in about ${to} of 10 people in studies`;
  return from === 0 ? say`in up to about ${to} of 10 people in studies` : say`in about ${from} to ${to} of 10 people in studies`;
}

/** A text in lines of at most `width` letters, for the margins of the figure. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
