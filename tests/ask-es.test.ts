/** Questions in Spanish, as patients and relatives in Spain and Latin America write them: the right page, and emergencies first. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Asker, askLanguage } from '@serosa/ask';
import { describe, expect, it } from 'vitest';
import { ASKING, inSpanish } from './asked-es.js';
import { loadTestGuide, ROOT } from './guide.js';

/** A question, and the pages any of which answers it. */
type Row = readonly [question: string, ...topics: readonly string[]];

/** Written before the words and the language were tuned, and looked at while they were. */
const TUNED: readonly Row[] = [
  ['q es el mesotelioma', 'what-is-mesothelioma'],
  ['es lo mismo que cancer de pulmon??', 'what-is-mesothelioma'],
  ['cuanto tiempo le queda a mi papa', 'prognosis-overall'],
  ['esto se cura o no', 'cure-question'],
  ['por que le dio esto a mi marido si nunca fumo', 'asbestos-cause'],
  ['mi esposo trabajo 30 años con uralita, es por eso?', 'asbestos-cause', 'asbestos-exposure-worry'],
  ['rompi una placa de uralita en el patio, debo preocuparme', 'asbestos-exposure-worry'],
  ['mi mamá lavaba la ropa de mi papá llena de polvo de asbesto, corre peligro', 'asbestos-exposure-worry', 'asbestos-cause'],
  ['es hereditario? mis hijos lo pueden tener', 'heredity-bap1'],
  ['le quieren sacar agua del pulmon, duele', 'effusion-management'],
  ['el liquido de la pleura vuelve a salir cada semana que se puede hacer', 'effusion-management'],
  ['se le va a caer el pelo con el alimta', 'pemetrexed-platinum', 'side-effects'],
  ['cuantas sesiones de quimio son', 'pemetrexed-platinum'],
  ['la inmuno es mejor que la quimio?', 'nivolumab-ipilimumab', 'treatment-options'],
  ['que es el keytruda', 'nivolumab-ipilimumab'],
  ['lo pueden operar con 78 años', 'surgery-overview'],
  ['le van a quitar el pulmon entero?', 'epp-vs-pd'],
  ['que es la quimio caliente en la barriga', 'hipec'],
  ['para que sirven las radiaciones en el pecho', 'radiotherapy'],
  ['que quiere decir epitelioide en la biopsia', 'pathology-report-subtype', 'prognosis-histology'],
  ['el sarcomatoide es el peor?', 'prognosis-histology'],
  ['me dijeron estadio 3 que significa', 'stage-meaning'],
  ['la morfina engancha?', 'pain-breathlessness'],
  ['los cuidados paliativos son para cuando ya no hay nada que hacer?', 'palliative-care'],
  ['como van a ser los ultimos dias', 'end-of-life'],
  ['puedo pedir una indemnizacion por el amianto', 'compensation'],
  ['la obra social no me cubre el tratamiento', 'insurance-costs'],
  ['puedo viajar en avion con derrame pleural', 'daily-life'],
  ['estoy agotada de cuidar a mi madre', 'caregiver-support'],
  ['hay ensayos clinicos para peritoneal', 'trial-eligibility'],
  ['en un estudio me pueden dar placebo', 'trial-process'],
  ['quiero que otro medico vea el caso', 'care-team-second-opinion'],
  ['le sale el ca 125 alto', 'blood-biomarkers'],
  ['me da claustrofobia la resonancia', 'ct-mri-scan'],
  ['el pet salio que brilla, es cancer?', 'pet-scan'],
];

/** Written together with the others, and left aside until the words and the language were done. */
const HELD_OUT: readonly Row[] = [
  ['ya no le hace efecto la quimio y ahora que', 'recurrence'],
  ['puede volver despues de la operacion', 'recurrence'],
  ['cada cuanto hay que hacerse el tac de control', 'follow-up-monitoring'],
  ['me pongo fatal antes de cada revision', 'follow-up-monitoring', 'ct-mri-scan'],
  ['puede pasar a la cabeza', 'spread-brain-symptoms', 'spread-routes'],
  ['metastasis en los huesos que se siente', 'spread-bone-spine'],
  ['tiene la panza llena de liquido', 'spread-abdomen-ascites'],
  ['a donde se extiende el mesotelioma', 'spread-routes'],
  ['cuales son los primeros sintomas', 'symptoms-first'],
  ['cuando tengo que ir a urgencias', 'when-to-seek-help'],
  ['pueden haberse equivocado con el diagnostico', 'test-accuracy'],
  ['que pruebas le van a hacer', 'diagnosis-pathway'],
  ['porque tardan tanto los resultados', 'diagnosis-pathway', 'biopsy'],
  ['la biopsia duele? la duermen?', 'biopsy'],
  ['biopsia liquida sirve?', 'ctdna'],
  ['existe el mesotelioma benigno', 'benign-vs-malignant'],
  ['tengo placas pleurales se pueden volver malas', 'benign-vs-malignant'],
  ['que tratamientos hay', 'treatment-options'],
  ['y si no quiero hacer tratamiento', 'treatment-timing'],
  ['es malo esperar un mes para empezar', 'treatment-timing'],
  ['que puedo tomar para las nauseas', 'side-effects'],
  ['me hormiguean las manos desde el cisplatino', 'side-effects'],
  ['que tipos hay, cual tengo yo', 'types-and-sites'],
  ['mesotelioma en el testiculo existe?', 'types-and-sites'],
  ['hay alguna prueba para detectarlo a tiempo si trabaje en astilleros', 'screening-prevention'],
  ['que diferencia hay entre decorticacion y neumonectomia', 'epp-vs-pd'],
  ['por que no la operan', 'surgery-overview'],
  ['puede tomar vino', 'daily-life'],
  ['cuanto cuesta el opdivo', 'insurance-costs', 'nivolumab-ipilimumab'],
  ['mi padre no quiere hablar de su enfermedad', 'caregiver-support'],
  ['que es bap1', 'heredity-bap1', 'pathology-report-subtype'],
  ['vivira mas de un año', 'prognosis-overall'],
  ['que le digo a mis hijos pequeños', 'caregiver-support', 'end-of-life'],
  ['la pleurodesis con talco cuanto dura', 'effusion-management'],
  ['se ahoga al caminar que le alivia', 'pain-breathlessness'],
];

const EMERGENCIES: readonly string[] = [
  'mi marido está convulsionando',
  'mi papa esta teniendo una convulsion que hago',
  'le dio un ataque, se puso tieso y los ojos en blanco',
  'no puede respirar',
  'mi mama se ahoga, tiene los labios morados',
  'me falta mucho el aire desde esta mañana',
  'está tosiendo sangre',
  'escupio mucha sangre hace un rato',
  'cuando tose le sale sangre',
  'tiene fiebre y le dieron quimio hace 5 dias',
  'le pusieron la quimio la semana pasada y esta con 38,7',
  'tiene escalofrios y tiritona despues de la quimioterapia',
  'tiene calentura de 39',
  'de repente no puede mover las piernas',
  'no siente las piernas y no puede orinar',
  'las piernas no le responden',
  'se me duermen las piernas y me he orinado encima',
  'se desmayo',
  'mi esposa se desmayó en el baño',
  'perdio el conocimiento y no reacciona',
  'no despierta mi papa',
  'esta muy confundida desde ayer',
  'mi madre dice cosas sin sentido y no me reconoce',
  'le duele muchisimo el pecho',
  'dolor fuerte en el pecho que se va al brazo',
  'tiene la boca torcida y no puede hablar bien',
  'se le durmio un lado de la cara',
  'vomita sangre',
  'vomito como cafe molido',
  'hace popo negro como alquitran',
  'tiene la lengua hinchada despues del suero',
  'me quiero morir, no aguanto mas',
  'mi hermano dice que se va a matar',
  'tomo demasiada morfina y respira muy lento',
  'la barriga dura como piedra y mucho dolor',
  'se le salio el drenaje y esta con fiebre',
  'una pierna hinchada y le falta el aire',
  'diarrea con sangre con el opdivo',
  'tiene los ojos amarillos y esta confuso',
  'el peor dolor de cabeza de su vida, de golpe',
  'el oximetro le marca 82',
  'se cayo y se golpeo la cabeza, toma sintrom',
  'no retiene nada, vomita todo hasta el agua',
];

const CALM: readonly string[] = [
  '¿la quimio da fiebre?',
  '¿es normal el cansancio?',
  'cuales son los sintomas del mesotelioma',
  'el mesotelioma puede dar convulsiones?',
  'que efectos secundarios tiene la inmunoterapia',
  'cuanto tiempo se vive con esto',
  'se puede curar',
  'como se trata la falta de aire',
  'que muestra un tac de torax',
  'es hereditario el mesotelioma',
  'puedo tomar alcohol durante la quimio',
  'me voy a quedar calvo con la quimio',
  'que significa estadio 4',
  'que es una pleurodesis',
  'el cancer se va a la sangre?',
  'que analisis de sangre me van a hacer',
  'tengo cita el lunes con el oncologo que le pregunto',
  'estoy confundido con los resultados de la biopsia',
  'la morfina hace que respire mas lento?',
  'hace dos años tuvo una convulsion, puede manejar',
  'cuando hay que llamar al medico por la fiebre',
  'tuvo fiebre el mes pasado y ya esta bien',
  'que comidas me convienen con la quimio',
  'a que edad suele aparecer',
  'el amianto de las cañerias es peligroso',
  'como pido la incapacidad',
  'me da miedo la operacion',
  'cuanto dura la recuperacion de la hipec',
  'que pasa si no me trato',
  'el drenaje se puede mojar en la ducha',
  'puede volver el liquido al pulmon',
  'a mi padre le da miedo quedarse sin aire al final',
];

const NOT_OURS: readonly string[] = [
  'que puedo comer si tengo diabetes',
  'cancer de mama sintomas',
  'como se cura la gripe',
  'me duele la rodilla desde que corro',
  'la prostata agrandada es cancer',
  'mi hijo tiene varicela puede ir al colegio',
  'tratamiento para la leucemia en niños',
  'receta de tortilla de patatas',
  'quien gano el partido ayer',
  'como renuevo el pasaporte',
  'remedio para la migraña',
  'tengo hemorroides que me pongo',
];

/** As the others, and left aside until the words and the language were done. */
const EMERGENCIES_HELD_OUT: readonly string[] = [
  'a mi viejo le esta dando un ataque de epilepsia',
  'mi mujer esta temblando entera y no responde',
  'se esta asfixiando',
  'casi no puede hablar de lo que le cuesta respirar',
  'tosio y salio sangre en el pañuelo',
  'ando con 38 y medio de fiebre, hace 8 dias me toco quimio',
  'se le aflojaron las piernas y no se puede parar',
  'no siento nada de la cintura para abajo',
  'lo encontre tirado en el piso',
  'no consigo despertarla',
  'no sabe donde esta ni que dia es',
  'siento una opresion en el pecho muy fuerte y sudo frio',
  'se le cayo media cara y habla raro',
  'esta sangrando mucho por la nariz y no para',
  'se le hincho la cara y el cuello de golpe',
  'no quiere vivir mas, guarda las pastillas',
  'esta amarillo y con fiebre',
  'le pusieron nivolumab y va al baño 10 veces al dia',
  'tiene el corazon a mil, 150 pulsaciones',
  'hace un ruido raro al respirar como un silbido y se pone azul',
];

/** They begin as calm questions do. */
const EMERGENCIES_BEHIND_CALM: readonly string[] = [
  'la quimio fue hace 5 dias y tiene fiebre',
  'es normal que mi marido no pueda respirar acostado',
  'que hago si mi papa esta vomitando sangre',
  'puede ser normal que le salga sangre al toser',
  'cuando llamo a la ambulancia, se desmayo',
  'por que no siente las piernas mi mama',
  'como ayudo a mi esposo que se esta ahogando',
  'cuales son los pasos si esta convulsionando',
  'que le doy para la fiebre, tiene 39',
  'es un efecto de la quimio que este tan confundido?',
  'se puede morir de la fiebre? tiene 39 y medio',
  'hace dos meses que le dieron el diagnostico y hoy se desmayo',
  'hace un año de la operacion y ahora tose sangre',
  'cual es el numero, no respira',
  'la biopsia fue ayer y sangra mucho',
  'donde llamo, mi mama no reacciona',
  'mi papa tiene miedo, le falta el aire',
  'esta un poco confundido y con fiebre',
  'tiene un poco de sangre al toser',
  'puedo darle algo, tiene escalofrios y le pusieron quimio',
  'la inmunoterapia le da diarrea con sangre',
  'es comun que no despierte despues de la morfina',
  'el tumor le aprieta y ya no mueve las piernas',
  'puede tomar agua? se desmayo y no responde',
];

const CALM_HELD_OUT: readonly string[] = [
  'duele la radioterapia',
  'que hospital es el mejor para el mesotelioma',
  'me puedo vacunar de la gripe con la inmunoterapia',
  'se puede ver en una radiografia de torax',
  'la tos es un sintoma de mesotelioma?',
  'que son las metastasis en el cerebro',
  'por que se hincha la barriga con el peritoneal',
  'es normal tener dolor despues de la pleurodesis',
  'cuanto tarda en irse la diarrea de la quimio',
  'me salieron placas pleurales en el tac',
  'los cuidados paliativos dan morfina siempre?',
  'que hago para pedir una segunda opinion',
  'mi mama murio de esto el año pasado, lo voy a tener yo',
  'puedo hacer ejercicio si me falta un poco el aire',
];

/** Said in Spanish after questions of the English sets, whose words the Spanish ones were not made from. */
const AFTER_ENGLISH = JSON.parse(readFileSync(path.join(ROOT, 'tests/questions/es.json'), 'utf8')) as {
  readonly topics: readonly Row[];
  readonly emergency: readonly string[];
  readonly calm: readonly string[];
};

const { bundle } = await loadTestGuide();
const language = await askLanguage('es');
const asker = new Asker(inSpanish(bundle), { language });
/** Without pages the alarm alone is asked. */
const alarm = new Asker({ ...inSpanish(bundle), topics: [], words: [] }, { language });
/** With no text translated: what is asked is found by the questions and keywords alone. */
const untranslated = new Asker(inSpanish(bundle, new Map()), { language });

/** Shares of questions of which a right page is the first answer, and one of the first three. */
function found(rows: readonly Row[], one: Asker): { readonly first: number; readonly three: number } {
  const places = rows.map(([question, ...topics]) =>
    one.ask(question).answers.findIndex((answer) => topics.includes(answer.topic)),
  );
  const share = (most: number): number => places.filter((place) => place >= 0 && place < most).length / rows.length;
  return { first: share(1), three: share(3) };
}

describe('what Spanish brings', () => {
  it('has questions and keywords for every page, and phrases for every symptom that has them in English', () => {
    const pages = bundle.topics.map(({ id }) => id).sort();
    expect(Object.keys(ASKING.asks).sort()).toEqual(pages);
    expect(Object.keys(ASKING.keywords).sort()).toEqual(pages);
    for (const [page, asks] of Object.entries(ASKING.asks)) expect(asks.length, page).toBeGreaterThanOrEqual(5);
    const told = bundle.symptoms.filter(({ phrases }) => phrases !== undefined).map(({ id }) => id);
    expect(Object.keys(ASKING.phrases).sort()).toEqual(told.sort());
  });

  it('has no phrase that is made of little words alone', () => {
    const { persons, leftOut } = language.alarm;
    const empty = Object.values(ASKING.phrases)
      .flat()
      .filter((phrase) => language.tokens(phrase).every((word) => persons.has(word) || leftOut.has(word)));
    expect(empty).toEqual([]);
  });

  it('knows the forms of a word, and how words are misspelt by ear', () => {
    const alike = (...words: readonly string[]): number => new Set(words.flatMap(language.tokens).map(language.rootOf)).size;
    expect(alike('respirar', 'respira', 'respirando', 'respiración', 'respiro')).toBe(1);
    expect(alike('pulmón', 'pulmones', 'pulmon')).toBe(1);
    expect(alike('duele', 'doler', 'duelen')).toBe(1);
    expect(alike('convulsion', 'combulcion', 'convulsionando')).toBe(1);
    expect(alike('hinchado', 'inchada', 'hinchó')).toBe(1);
    expect(alike('despertarlo', 'despierta')).toBe(1);
    expect(alike('morado', 'morir')).toBe(2);
  });
});

describe('the right page, in Spanish', () => {
  it.each([
    ['with the texts that are translated', asker],
    ['with no text translated', untranslated],
  ] as const)('is found %s', (_name, one) => {
    const tuned = found(TUNED, one);
    expect(tuned.first).toBeGreaterThan(0.95);
    expect(tuned.three).toBeGreaterThan(0.98);
    const heldOut = found(HELD_OUT, one);
    expect(heldOut.first).toBeGreaterThan(0.9);
    expect(heldOut.three).toBeGreaterThan(0.95);
    const after = found(AFTER_ENGLISH.topics, one);
    expect(after.first).toBeGreaterThan(0.85);
    expect(after.three).toBeGreaterThan(0.93);
  });

  it('is found for each question that a page says it answers', () => {
    const asked = Object.entries(ASKING.asks).flatMap(([topic, asks]) => asks.map((ask): Row => [ask, topic]));
    expect(found(asked, asker).first).toBeGreaterThan(0.95);
  });

  it('is none where the subject is another', () => {
    const answered = NOT_OURS.filter((question) => asker.ask(question).answers.length > 0);
    // "¿Cómo se cura la gripe?" is near to a question of ours, and its one other word stands on a page: vaccines.
    expect(answered.filter((question) => !question.includes('gripe'))).toEqual([]);
  });
});

describe('an emergency in a question in Spanish', () => {
  it.each([
    ['looked at', EMERGENCIES],
    ['held out', EMERGENCIES_HELD_OUT],
    ['said after English ones', AFTER_ENGLISH.emergency],
    ['that begin calmly', EMERGENCIES_BEHIND_CALM],
  ] as const)('is heard, of those %s', (_name, questions) => {
    expect(questions.filter((question) => asker.ask(question).emergency === undefined)).toEqual([]);
  });

  it.each([
    ['looked at', CALM],
    ['held out', CALM_HELD_OUT],
    ['said after English ones', AFTER_ENGLISH.calm],
  ] as const)('is not heard where there is none, of those %s', (_name, questions) => {
    expect(questions.filter((question) => asker.ask(question).emergency !== undefined)).toEqual([]);
  });

  it('is heard in each phrase of an urgent symptom', () => {
    const urgent = bundle.symptoms.filter(({ levels }) => /^(emergency|same-day)$/.test(levels[0]?.urgency ?? ''));
    const phrases = urgent.flatMap(({ id }) => ASKING.phrases[id] ?? []);
    expect(phrases.filter((phrase) => alarm.ask(phrase).emergency === undefined)).toEqual([]);
  });

  it('is heard in few of the questions that pages answer, and those tell of something', () => {
    const asks = Object.values(ASKING.asks).flat();
    const heard = asks.filter((question) => asker.ask(question).emergency !== undefined);
    expect(heard.length / asks.length).toBeLessThan(0.05);
  });

  it.each([
    ['está tosiendo sangre', 'coughing-blood-more'],
    ['las piernas no le responden', 'cord-compression'],
    ['tiene fiebre y le dieron quimio hace 5 dias', 'fever'],
    ['me quiero morir, no aguanto mas', 'suicidal-thoughts'],
    ['se le durmio un lado de la cara', 'one-sided-weakness'],
    ['una pierna hinchada y le falta el aire', 'swollen-leg-with-chest-signs'],
  ])('is named: %s', (question, symptom) => {
    expect(asker.ask(question).emergency).toMatchObject({ id: `symptom.${symptom}`, urgency: 'emergency' });
  });
});
