/**
 * Codes that do not stand in the fact catalogue: staging, status words, places, procedures. SNOMED CT, LOINC, ICD and NCIt
 * codes as printed in mCODE STU4 (hl7.org/fhir/us/mcode), in the cancer guides of HL7 New Zealand, Belgium and Lithuania, in
 * the FHIR R4 examples, and in the value sets named at each table.
 */
import type { Absence, ProcedureCode, StatedStage } from '@serosa/core';
import type { Axis } from '../value/tnm.js';

export const SNOMED = 'http://snomed.info/sct';
export const LOINC = 'http://loinc.org';
export const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
export const ICDO = 'http://terminology.hl7.org/CodeSystem/icd-o-3';
export const NCIT = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
export const UCUM = 'http://unitsofmeasure.org';
/** Facts without a public code travel under these: `code` is the fact id, and the value id. */
export const SEROSA_FACT = 'urn:serosa:fact';
export const SEROSA_VALUE = 'urn:serosa:value';
/** A case as a whole: its id, and the List that holds it together. */
export const SEROSA_CASE = 'urn:serosa:case';
/** A treatment as the record has it: `systemic`, `radiotherapy`, or a code of a procedure. */
export const SEROSA_TREATMENT = 'urn:serosa:treatment';
/** Extensions for what a record says and FHIR has no element for. */
export const SEROSA_EXTENSIONS = {
  /** Where a statement comes from; `kind` and `at` in it. Its note is an ordinary `note`. */
  origin: 'urn:serosa:origin',
  asWritten: 'urn:serosa:as-written',
  /** On a date: the statement has none of its own, and this is the case's. */
  dateOfCase: 'urn:serosa:date-of-case',
  ongoing: 'urn:serosa:ongoing',
  line: 'urn:serosa:line',
  cycles: 'urn:serosa:cycles',
  progression: 'urn:serosa:progression',
} as const;
export const MCODE = 'http://hl7.org/fhir/us/mcode/StructureDefinition/';

type Basis = StatedStage['basis'];

/** What a staging observation states: mCODE's SNOMED codes and the LOINC codes of its maximal value sets. */
export const STAGING_CODES: Readonly<Record<string, { readonly axis: Axis | 'group'; readonly basis: Basis }>> = {
  '78873005': { axis: 'T', basis: 'unknown' },
  '399504009': { axis: 'T', basis: 'clinical' },
  '384625004': { axis: 'T', basis: 'pathological' },
  '277206009': { axis: 'N', basis: 'unknown' },
  '399534004': { axis: 'N', basis: 'clinical' },
  '371494008': { axis: 'N', basis: 'pathological' },
  '277208005': { axis: 'M', basis: 'unknown' },
  '399387003': { axis: 'M', basis: 'clinical' },
  '371497001': { axis: 'M', basis: 'pathological' },
  '399390009': { axis: 'group', basis: 'unknown' },
  '399537006': { axis: 'group', basis: 'clinical' },
  '399588009': { axis: 'group', basis: 'pathological' },
  '21905-5': { axis: 'T', basis: 'clinical' },
  '21899-0': { axis: 'T', basis: 'pathological' },
  '21911-3': { axis: 'T', basis: 'unknown' },
  '21906-3': { axis: 'N', basis: 'clinical' },
  '21900-6': { axis: 'N', basis: 'pathological' },
  '21912-1': { axis: 'N', basis: 'unknown' },
  '21907-1': { axis: 'M', basis: 'clinical' },
  '21901-4': { axis: 'M', basis: 'pathological' },
  '21913-9': { axis: 'M', basis: 'unknown' },
  '21908-9': { axis: 'group', basis: 'clinical' },
  '21902-2': { axis: 'group', basis: 'pathological' },
  '21914-7': { axis: 'group', basis: 'unknown' },
};

export const STAGING_PROFILES: Readonly<Record<string, Axis | 'group'>> = {
  'mcode-tnm-primary-tumor-category': 'T',
  'mcode-tnm-regional-nodes-category': 'N',
  'mcode-tnm-distant-metastases-category': 'M',
  'mcode-tnm-stage-group': 'group',
};

/** SNOMED qualifiers of AJCC categories and groups. The edition is not in them. */
export const STAGING_VALUES: Readonly<Record<string, string>> = {
  '1222604002': 'cTX',
  '1228882005': 'cT0',
  '1228889001': 'cT1',
  '1228929004': 'cT2',
  '1228938002': 'cT3',
  '1228944003': 'cT4',
  '1228950008': 'pTX',
  '1228951007': 'pT0',
  '1228957006': 'pT1',
  '1229852009': 'pT2',
  '1229859000': 'pT3',
  '1229864001': 'pT4',
  '1229966003': 'cNX',
  '1229967007': 'cN0',
  '1229973008': 'cN1',
  '1229978004': 'cN2',
  '1229984001': 'cN3',
  '1229945006': 'pNX',
  '1229947003': 'pN0',
  '1229951001': 'pN1',
  '1229957002': 'pN2',
  '1229901006': 'cM0',
  '1229903009': 'cM1',
  '1229916009': 'pM1',
  '1222723001': 'I',
  '1222724007': 'IA',
  '1222728005': 'IB',
  '1222765007': 'II',
  '1222769001': 'IIB',
  '1222801008': 'III',
  '1222802001': 'IIIA',
  '1222805004': 'IIIB',
  '1222806003': 'IIIC',
  '1222837003': 'IV',
};

/** Staging methods. UICC has a code without edition (NCIt C188404): the edition stays unknown. */
export const EDITIONS: Readonly<Record<string, StatedStage['edition']>> = {
  '444256004': '6',
  '443830009': '7',
  '897275008': '8',
  '1269566009': '9',
  C132248: '8',
  C177555: '8',
  C177556: '8',
  C180901: '9',
  C188404: 'unknown',
};

export const ECOG_CODES = ['89247-1', '89262-0', '423740007'];
export const KARNOFSKY_CODES = ['89243-0', '89245-5', '273546003'];

/** LOINC answers of list LL529-9 and the SNOMED grades, as mapped onto each other by the German cancer registries. */
export const ECOG_ANSWERS: Readonly<Record<string, number>> = {
  'LA9622-7': 0,
  'LA9623-5': 1,
  'LA9624-3': 2,
  'LA9625-0': 3,
  'LA9626-8': 4,
  'LA9627-6': 5,
  '425389002': 0,
  '422512005': 1,
  '422894000': 2,
  '423053003': 3,
  '423237006': 4,
  '423409001': 5,
};

/** LOINC codes beyond those of the catalogue: other methods, other units, blood instead of serum. */
export const MORE_LOINC: Readonly<Record<string, string>> = {
  '2160-0': 'lab.creatinine',
  '38483-4': 'lab.creatinine',
  '14682-9': 'lab.creatinine',
  '77140-2': 'lab.creatinine',
  '59826-8': 'lab.creatinine',
  '33914-3': 'lab.egfr',
  '26464-8': 'lab.white-cells',
  '26515-7': 'lab.platelets',
  '1975-2': 'lab.bilirubin',
  '42719-5': 'lab.bilirubin',
  '14631-6': 'lab.bilirubin',
  '1742-6': 'lab.alt',
  '1920-8': 'lab.ast',
  '6768-6': 'lab.alp',
  '2000-8': 'lab.calcium',
  '2951-2': 'lab.sodium',
  '2947-0': 'lab.sodium',
  '2823-3': 'lab.potassium',
  '19123-9': 'lab.magnesium',
  '2345-7': 'lab.glucose',
  '14749-6': 'lab.glucose',
  '3016-3': 'lab.tsh',
  '3141-9': 'person.weight',
  '8480-6': 'organ.systolic-pressure',
  '8462-4': 'organ.diastolic-pressure',
  '2708-6': 'organ.spo2',
  '59408-5': 'organ.spo2',
  '8310-5': 'symptom.temperature',
  '94076-7': 'marker.tmb',
  '72166-2': 'person.smoking',
};

/**
 * The code to send where the catalogue's first one is of another kind of quantity than the fact's own unit: amount of substance
 * instead of mass. Undefined: only one of the wrong kind is known, and none is sent.
 */
export const LOINC_OF_OWN_UNIT: Readonly<Record<string, string | undefined>> = {
  'lab.creatinine': '14682-9',
  'lab.bilirubin': '14631-6',
  'lab.calcium': '2000-8',
  'lab.glucose': '14749-6',
  'lab.magnesium': undefined,
};

/** Why there is no value: http://terminology.hl7.org/CodeSystem/data-absent-reason. What is not listed is unknown. */
export const ABSENT_REASONS: Readonly<Record<string, Absence>> = {
  unknown: 'unknown',
  'not-performed': 'not-done',
  'not-applicable': 'not-applicable',
  unsupported: 'not-applicable',
};

/** SNOMED, LOINC and HL7 words for yes and no. */
export const YES_CODES = new Set(['52101004', '10828004', '373066001', 'LA9633-4', 'LA6576-8', 'LA33-6', 'Y', 'POS', 'true']);
export const NO_CODES = new Set([
  '2667000',
  '260385009',
  '373067005',
  '272519000',
  'LA9634-2',
  'LA6577-6',
  'LA32-8',
  'N',
  'NEG',
  'ND',
  'false',
]);

export type Intent = 'curative' | 'palliative' | 'preventive' | 'adjuvant' | 'neoadjuvant';

/** mCODE's procedure intents, and the two that registries add. */
export const INTENTS: Readonly<Record<string, Intent>> = {
  '373808002': 'curative',
  '363676003': 'palliative',
  '129428001': 'preventive',
  '373846009': 'adjuvant',
  '373847000': 'neoadjuvant',
};

/** mCODE's treatment termination reasons. */
export const STOP_CODES: Readonly<Record<string, 'completed' | 'progression' | 'toxicity' | 'choice' | 'other'>> = {
  '266721009': 'progression',
  '407563006': 'toxicity',
  '105480006': 'choice',
  '7058009': 'choice',
  '443729008': 'completed',
};

export const DISEASE_STATUS_CODE = '97509-4';
export const DISEASE_STATUS: Readonly<Record<string, { readonly progressing: boolean | undefined; readonly word: string }>> = {
  '268910001': { progressing: false, word: 'improved' },
  '359746009': { progressing: false, word: 'stable' },
  '271299001': { progressing: true, word: 'worsened' },
  '709137006': { progressing: undefined, word: 'undetermined' },
};

export const SIDES: Readonly<Record<string, 'left' | 'right' | 'bilateral'>> = {
  '7771000': 'left',
  '24028007': 'right',
  '51440002': 'bilateral',
};

/** Mesothelioma whatever its place. Codes with a place are values of `tumour.primary-site` in the catalogue. */
export const MESOTHELIOMA_CODES = new Set([
  '254645002',
  '109378008',
  '62064005',
  '115232000',
  'C3234',
  'C4456',
  'C7376',
  'C9351',
  'C45662',
  'C45663',
  'C45665',
  'C7985',
  'C45655',
  'C4282',
  'C6747',
  'C7633',
]);

/** Serous membranes as body sites: SNOMED and ICD-O-3 topography. */
export const PRIMARY_SITES: Readonly<Record<string, string>> = {
  '3120008': 'pleura',
  '15425007': 'peritoneum',
  '76848001': 'pericardium',
  '34073007': 'peritoneum',
  '67300002': 'pericardium',
  'C38.4': 'pleura',
  'C48.1': 'peritoneum',
  'C48.2': 'peritoneum',
  'C48.8': 'peritoneum',
};

export type Organ =
  | 'lung'
  | 'pleura'
  | 'peritoneum'
  | 'mediastinum'
  | 'pericardium'
  | 'liver'
  | 'brain'
  | 'bone'
  | 'adrenal'
  | 'kidney'
  | 'spleen'
  | 'pancreas'
  | 'thyroid'
  | 'skin'
  | 'cervical-nodes'
  | 'intrathoracic-nodes'
  | 'abdominal-nodes'
  | 'axillary-nodes'
  | 'nodes'
  | 'other';

/** ICD-10 C77 to C79 by their first six characters, then five. What is not listed in C78 and C79 is another organ. */
export const SECONDARY_ICD: Readonly<Record<string, Organ>> = {
  'C77.0': 'cervical-nodes',
  'C77.1': 'intrathoracic-nodes',
  'C77.2': 'abdominal-nodes',
  'C77.3': 'axillary-nodes',
  'C78.0': 'lung',
  'C78.1': 'mediastinum',
  'C78.2': 'pleura',
  'C78.6': 'peritoneum',
  'C78.7': 'liver',
  'C79.0': 'kidney',
  'C79.2': 'skin',
  'C79.31': 'brain',
  'C79.32': 'other',
  'C79.3': 'brain',
  'C79.51': 'bone',
  'C79.52': 'bone',
  'C79.5': 'bone',
  'C79.7': 'adrenal',
};

/** SNOMED's secondary malignant neoplasms, as in the lung registry of UZ Leuven and in mCODE. */
export const SECONDARY_SNOMED: Readonly<Record<string, Organ>> = {
  '94222008': 'bone',
  '94225005': 'brain',
  '94493005': 'pleura',
  '94161006': 'adrenal',
  '94381002': 'liver',
  '94391008': 'lung',
};

/** Facts of one organ, whatever the primary site and its side. */
export const ORGAN_SITES: Readonly<Partial<Record<Organ, string>>> = {
  liver: 'site.liver',
  brain: 'site.brain',
  bone: 'site.bone',
  adrenal: 'site.adrenal',
  kidney: 'site.kidney',
  spleen: 'site.spleen',
  pancreas: 'site.pancreas',
  thyroid: 'site.thyroid',
  skin: 'site.skin',
  'cervical-nodes': 'site.cervical-nodes',
  'axillary-nodes': 'site.axillary-nodes',
  other: 'site.other-distant',
};

/** SNOMED disorders and body structures. */
export const ORGAN_CODES: Readonly<Record<string, Organ>> = {
  ...SECONDARY_SNOMED,
  '39607008': 'lung',
  '3120008': 'pleura',
  '15425007': 'peritoneum',
  '10200004': 'liver',
  '12738006': 'brain',
  '119186007': 'bone',
  '272673000': 'bone',
  '23451007': 'adrenal',
  '64033007': 'kidney',
  '78961009': 'spleen',
};

/** Organs by the words of a name, the more special ones first. */
export const ORGAN_WORDS: readonly (readonly [RegExp, Organ])[] = [
  [/(lymph|node).*(axill)|axill.*(lymph|node)/i, 'axillary-nodes'],
  [/(lymph|node).*(cervical|neck)|(cervical|neck).*(lymph|node)/i, 'cervical-nodes'],
  [/(lymph|node).*(mediastin|intrathora|thora)|(mediastin|intrathora).*(lymph|node)/i, 'intrathoracic-nodes'],
  [/(lymph|node).*(abdom|retroperiton|mesenter)|(abdom|retroperiton|mesenter).*(lymph|node)/i, 'abdominal-nodes'],
  [/lymph node|nodal/i, 'nodes'],
  [/adrenal|suprarenal/i, 'adrenal'],
  [/mening|spinal cord/i, 'other'],
  [/brain|cerebr|cerebell/i, 'brain'],
  [/bone|skelet|vertebra|\brib\b|femur|pelvis bone|scapula|\bspine\b/i, 'bone'],
  [/pleura/i, 'pleura'],
  [/pericardi/i, 'pericardium'],
  [/peritone|omentum/i, 'peritoneum'],
  [/mediastin/i, 'mediastinum'],
  [/\blung|pulmon/i, 'lung'],
  [/liver|hepat/i, 'liver'],
  [/kidney|renal/i, 'kidney'],
  [/spleen|splenic/i, 'spleen'],
  [/pancrea/i, 'pancreas'],
  [/thyroid/i, 'thyroid'],
  [/\bskin\b|cutaneous/i, 'skin'],
];

/** Procedures by code: SNOMED as in the editorial guide (thoracentesis), CPT as described by public coding guides. */
export const PROCEDURE_CODES: Readonly<Record<string, ProcedureCode>> = {
  '91602002': 'thoracentesis',
  '32445': 'extrapleural-pneumonectomy',
  '32320': 'pleurectomy-decortication',
  '32550': 'indwelling-pleural-catheter',
};

/** Procedures by the words of their names, the more special ones first. */
export const PROCEDURE_WORDS: readonly (readonly [RegExp, ProcedureCode])[] = [
  [/extra-?\s?pleural pneumonectomy|pleuropneumonectomy/i, 'extrapleural-pneumonectomy'],
  [/extended (pleurectomy|p\/d)|extended decortication|\bEPD\b/i, 'extended-pleurectomy-decortication'],
  [/partial pleurectomy|debulking pleurectomy/i, 'partial-pleurectomy'],
  [/pleurectomy.*decortication|decortication.*pleurectomy|total pleurectomy|\bP\/D\b/i, 'pleurectomy-decortication'],
  [/hyperthermic intra-?peritoneal|\bHIPEC\b/i, 'hipec'],
  [/cyto-?reduc|peritonectomy/i, 'cytoreductive-surgery'],
  [/pleurodesis|talc (poudrage|insufflation|slurry)/i, 'pleurodesis'],
  [
    /(indwelling|tunn?ell?ed).*pleural.*(catheter|drain)|pleural.*(indwelling|tunn?ell?ed).*(catheter|drain)|pleurx/i,
    'indwelling-pleural-catheter',
  ],
  [/thoraco?centesis|pleural (tap|aspiration)|aspiration of pleural|drainage of pleural (effusion|fluid)/i, 'thoracentesis'],
  [/(abdominal|peritoneal)? ?paracentesis|ascites.*drain|drain.*ascites/i, 'paracentesis'],
  [/thoracoscop|pleuroscop|\bVATS\b/i, 'thoracoscopy'],
  [/mediastinoscop/i, 'mediastinoscopy'],
  [/laparoscop|peritoneoscop/i, 'laparoscopy'],
  [/orchi(d)?ectomy/i, 'orchiectomy'],
  [/pericardial window|fenestration of pericardium|pericardiostomy/i, 'pericardial-window'],
  [/biops.*(guid|ultraso|\bCT\b|comput|image|fluoro)|(guid|ultraso|\bCT\b|comput|image).*biops/i, 'image-guided-biopsy'],
];

/** Countries by the names and three-letter codes that addresses use, beside what the catalogue lists. */
export const COUNTRIES: Readonly<Record<string, string>> = {
  usa: 'us',
  'u.s.a.': 'us',
  'u.s.': 'us',
  'united states': 'us',
  'united states of america': 'us',
  uk: 'gb',
  gbr: 'gb',
  'united kingdom': 'gb',
  'great britain': 'gb',
  england: 'gb',
  scotland: 'gb',
  wales: 'gb',
  'northern ireland': 'gb',
  deu: 'de',
  deutschland: 'de',
  germany: 'de',
  fra: 'fr',
  ita: 'it',
  italia: 'it',
  esp: 'es',
  españa: 'es',
  nld: 'nl',
  'the netherlands': 'nl',
  nederland: 'nl',
  holland: 'nl',
  bel: 'be',
  aut: 'at',
  österreich: 'at',
  che: 'ch',
  schweiz: 'ch',
  dnk: 'dk',
  swe: 'se',
  nor: 'no',
  fin: 'fi',
  isl: 'is',
  irl: 'ie',
  prt: 'pt',
  pol: 'pl',
  cze: 'cz',
  svk: 'sk',
  svn: 'si',
  hun: 'hu',
  rou: 'ro',
  bgr: 'bg',
  hrv: 'hr',
  grc: 'gr',
  ltu: 'lt',
  lva: 'lv',
  est: 'ee',
  lux: 'lu',
  mlt: 'mt',
  cyp: 'cy',
  can: 'ca',
  aus: 'au',
  nzl: 'nz',
  jpn: 'jp',
  chn: 'cn',
  kor: 'kr',
  'south korea': 'kr',
  twn: 'tw',
  ind: 'in',
  bra: 'br',
  mex: 'mx',
  zaf: 'za',
  tur: 'tr',
  turkey: 'tr',
  isr: 'il',
  egy: 'eg',
};

/** Non-steroidal anti-inflammatory drugs by INN: they matter beside pemetrexed. Aspirin is another matter. */
export const NSAIDS =
  /\b(ibuprofen|naproxen|diclofenac|ketorolac|indometacin|indomethacin|meloxicam|piroxicam|celecoxib|etoricoxib|ketoprofen|flurbiprofen|nabumetone|etodolac|aceclofenac|dexketoprofen|lornoxicam)\b/i;

/** Resource types of FHIR R4 (4.0.1). Anything else belongs to another version or to nobody. */
export const R4_TYPES = new Set(
  `Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic Binary BiologicallyDerivedProduct BodyStructure
  Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication
  CommunicationRequest CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse
  DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis
  Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
  FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization ImmunizationEvaluation ImmunizationRecommendation
  ImplementationGuide InsurancePlan Invoice Library Linkage List Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense
  MedicationKnowledge MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization MedicinalProductContraindication
  MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged
  MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder Observation
  ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation Parameters Patient PaymentNotice PaymentReconciliation Person
  PlanDefinition Practitioner PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup ResearchDefinition
  ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen
  SpecimenDefinition StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid SubstancePolymer SubstanceProtein SubstanceReferenceInformation
  SubstanceSourceMaterial SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport TestScript ValueSet VerificationResult
  VisionPrescription`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** Types that only another version has. R4B's additions count as R5's: they are read by neither. */
export const OTHER_TYPES: Readonly<Record<string, string>> = Object.fromEntries([
  ...'BodySite Conformance DiagnosticOrder DeviceUseRequest ImagingObjectSelection MedicationOrder OrderResponse Order'
    .split(' ')
    .map((name) => [name, 'DSTU2']),
  ...'DataElement DeviceComponent EligibilityRequest EligibilityResponse ExpansionProfile ImagingManifest ProcedureRequest ProcessRequest ProcessResponse ReferralRequest Sequence ServiceDefinition'
    .split(' ')
    .map((name) => [name, 'STU3']),
  ...'ActorDefinition AdministrableProductDefinition ArtifactAssessment BiologicallyDerivedProductDispense Citation ClinicalUseDefinition ConditionDefinition DeviceAssociation DeviceDispense DeviceUsage EncounterHistory EvidenceReport FormularyItem GenomicStudy ImagingSelection Ingredient InventoryItem InventoryReport ManufacturedItemDefinition MedicinalProductDefinition NutritionIntake NutritionProduct PackagedProductDefinition Permission RegulatedAuthorization RequestOrchestration Requirements SubscriptionStatus SubscriptionTopic SubstanceDefinition TestPlan Transport'
    .split(' ')
    .map((name) => [name, 'R5']),
]);
