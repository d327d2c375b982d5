/** Treatments as people name them. */
import { inVoice, type ProcedureCode, say, type TreatmentEvent, type Voice, type Voices } from '@serosa/core';
import { dateWords } from '../view/words.js';

export const PROCEDURES: Readonly<Record<ProcedureCode, Voices>> = {
  thoracoscopy: { clinician: 'Thoracoscopy', patient: 'A look into the chest with a camera (thoracoscopy)' },
  thoracentesis: { clinician: 'Thoracentesis', patient: 'Fluid drawn off from the chest' },
  pleurodesis: { clinician: 'Pleurodesis', patient: 'Sticking the lung to the chest wall (pleurodesis, often with talc)' },
  'indwelling-pleural-catheter': { clinician: 'Indwelling pleural catheter', patient: 'A drain that stays in the chest' },
  'image-guided-biopsy': { clinician: 'Image-guided biopsy', patient: 'A needle sample under CT or ultrasound' },
  mediastinoscopy: { clinician: 'Mediastinoscopy', patient: 'A look behind the breastbone (mediastinoscopy)' },
  'partial-pleurectomy': { clinician: 'Partial pleurectomy', patient: 'Part of the lung lining taken out (partial pleurectomy)' },
  'pleurectomy-decortication': {
    clinician: 'Pleurectomy/decortication',
    patient: 'The lung lining taken out, lung kept (pleurectomy/decortication, P/D)',
  },
  'extended-pleurectomy-decortication': {
    clinician: 'Extended pleurectomy/decortication',
    patient: 'The same with diaphragm or heart sac (extended P/D)',
  },
  'extrapleural-pneumonectomy': { clinician: 'Extrapleural pneumonectomy', patient: 'Lung and lining taken out (EPP)' },
  laparoscopy: { clinician: 'Laparoscopy', patient: 'A look into the belly with a camera (laparoscopy)' },
  paracentesis: { clinician: 'Paracentesis', patient: 'Fluid drawn off from the belly' },
  'cytoreductive-surgery': {
    clinician: 'Cytoreductive surgery',
    patient: 'Tumour taken out of the belly (cytoreductive surgery)',
  },
  hipec: { clinician: 'HIPEC', patient: 'Warm chemotherapy in the belly during surgery (HIPEC)' },
  orchiectomy: { clinician: 'Orchiectomy', patient: 'Testicle taken out' },
  'pericardial-window': { clinician: 'Pericardial window', patient: 'A window in the heart sac' },
  other: { clinician: 'Other', patient: 'Another one' },
};

export function treatmentWords(event: TreatmentEvent, voice: Voice): string {
  const dates = (start: string | undefined, end: string | undefined, ongoing?: boolean): string => {
    if (ongoing === true) return start === undefined ? say` (still going on)` : say` (since ${dateWords(start)})`;
    if (start === undefined && end === undefined) return '';
    if (end === undefined || end === start) return ` (${dateWords((start ?? end) as string)})`;
    return start === undefined ? say` (until ${dateWords(end)})` : say` (${dateWords(start)} to ${dateWords(end)})`;
  };
  switch (event.kind) {
    case 'systemic':
      return `${event.agents.length === 0 ? say`Medicines, names not told` : event.agents.join(' + ')}${dates(event.start, event.end, event.ongoing)}`;
    case 'radiotherapy':
      return `${say`Radiotherapy`}${event.site === undefined ? '' : `, ${event.site}`}${dates(event.start, event.end)}`;
    case 'procedure':
      return `${event.code === 'other' ? (event.text ?? say`Another procedure`) : inVoice(PROCEDURES[event.code], voice)}${dates(event.date, undefined)}`;
  }
}
