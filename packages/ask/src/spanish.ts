/** Spanish, as it is asked in on both sides of the Atlantic: without accents, by ear, and with the person in the verb. */
import type { AskLanguage } from './language.js';
import { folded } from './words.js';

/**
 * How a word sounds, for ears that tell neither b from v nor c and z from s, and do not hear h: "combulción" is "convulsión".
 * Letters that are held ("muchisimoooo") are said once.
 */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ch/g, '1'],
  [/h/g, ''],
  [/ll/g, 'y'],
  [/(.)\1+/g, '$1'],
  [/qu(?=[ei])/g, 'k'],
  [/g(?=[ei])/g, 'j'],
  [/gu(?=[ei])/g, 'g'],
  [/c(?=[ei])/g, 's'],
  [/[zx]/g, 's'],
  [/[cq]/g, 'k'],
  [/v/g, 'b'],
  [/m(?=[bp])/g, 'n'],
  [/^ps/, 's'],
  [/1/g, 'ch'],
];
const soundOf = (word: string): string =>
  /\d/.test(word) ? word : SOUNDS.reduce((said, [letters, sound]) => said.replace(letters, sound), word);

/** Pronouns that hang on a verb: "despertarlo", "dándomela". */
const ENCLITICS = /(ar|er|ir|ando|iendo|yendo)(?:[mts]e|nos|l[aoe]s?)(?:l[aoe]s?)?$/;
/** Endings by which nouns, adjectives and forms of verbs differ, as they sound. The longest that leaves three letters is cut. */
const ENDINGS = `asiones asion isiones ision amientos amiento imientos imiento isimos isimas isimo isima idades idad edades edad
  adores adoras ador adora ables able ibles ible atibos atibo atibas atiba ansias ansia ensias ensia ansio ason mente aste iste aron ieron
  yeron ando iendo yendo ados adas ado ada idos idas ido ida abamos aban abas aba iamos ian ias ia amos emos imos ar er ir io ie al ales
  an en as es os o a e i`
  .split(/\s+/)
  .sort((a, b) => b.length - a.length);
/** Beginnings that are words of their own, and look like forms of another: "morado" is not from "morir", nor "costado" from "costar". */
const APART =
  /^(morad|moreton|siego|siega|kostad|perdid|sedas|piel|kanser|komo$|sida$|malaria|gota$|muela|kara(?=s?$)|karo(?=s?$))/;

const roots = new Map<string, string>();

/** What the forms of a word have in common. */
function rootOf(word: string): string {
  const known = roots.get(word);
  if (known !== undefined) return known;
  const root = cut(soundOf(word));
  roots.set(word, root);
  return root;
}

function cut(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const own = APART.exec(word)?.[0];
  if (own !== undefined) return own;
  let root = word.replace(ENCLITICS, '$1');
  if (root.length > 3) root = root.replace(/([^aeiou])es$|s$/, '$1');
  const ending = ENDINGS.find((one) => root.endsWith(one) && root.length - one.length >= 3);
  if (ending !== undefined) root = root.slice(0, -ending.length);
  return (
    root
      // What comes is said with the whole verb before its ending: "vivirá", "curaría".
      .replace(/(?<=...)[aei]r$/, '')
      // "duele" and "doler", "pierde" and "perder".
      .replace(/ue(?=[^aeiou]+$)/, 'o')
      .replace(/ie(?=[^aeiou]+$)/, 'e')
  );
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that tell nothing of what a question is about, as they sound. */
const SILENT: ReadonlySet<string> = new Set(
  [
    ...set(
      `a al algo alguien algun alguna algunas alguno algunos alla alli ahi ahora antes aqui asi aun aunque ay bien buen buena bueno buenos
  buenas cada casi cierto como con contra cosa cosas cual cuales cualquier cuando cuanta cuantas cuanto cuantos da dan dar dado de debe
  deberia deben debo debemos dejan deja del demas desde despues dice dicen dicho dijeron dijo me digan donde dos durante e el ella ellas
  ellos en entonces entre era eran eres es esa esas ese eso esos esta estaba estaban estamos estan estar estas este esto estos estoy etc
  fue fueron ha haber habia hace hacen hacer haciendo hago hacemos hacerle hacerme hacerse han has hasta hay haya he hemos hola hora hoy
  ir iba igual incluso ya la las le les lo los luego mas mal me mejor mi mis mio mia mismo misma mucha muchas mucho muchos muy nada nadie ni
  ningun ninguna no nos nosotros nuestra nuestro nunca o os otra otras otro otros para parece pero poca poco pocos podemos podria podrian
  podra poder por porfa favor porque pq xq q k ke porq porke pues puede pueden puedo pueda puedan puedes pudo que queda quedan quiere quieren
  quiero quisiera quien quienes sabe saben saber se sea sean sera seria ser si sido siempre sin sino sobre sois solo somos son soy su sus
  suele suelen suya suyo tal tambien tampoco tan tanta tanto tantos te tendra tener tenga tengo tenemos tengan tiene tienen tenia
  tenido toca toda todas todavia todo todos tras tu tus tuvo tuve u un una unas uno unos usa usar usted ustedes va vais vamos van varias
  varios vas ve ver vez veces voy vosotros y yo gracias ayuda ayudar saludos duda pregunta quisiera dime diganme digame explicar explique
  explicarme significa significan significar quiere decir llama llamar llaman pasa pasar pasan pasado ocurre ocurrir ahorita normal
  realmente acaso ojala d x pa vd ud uds hacerlo hecho dia dias semana semanas mes meses hacian hara haran sirve sirven servir normalmente
  existe existen existir haga hagan van vaya vayan medio dieron dio di pone ponen poner puso pusieron ponerle ponerme van saco sera quita
  dije dan demasiado tipo modo manera parte vale bastante verdad seguro`,
    ),
  ].map(soundOf),
);

/** Who the question is about. Half of all questions name somebody, and the answer seldom turns on it. */
const PEOPLE = set(
  `yo tu el ella usted nosotros marido mujer esposo esposa pareja novio novia papa papi padre mama mami madre hijo hija hijos hijas hermano
  hermana hermanos abuelo abuela abuelito abuelita tio tia primo prima suegro suegra cunado cunada sobrino sobrina nieto nieta amigo amiga
  vecino vecina paciente persona alguien familiar viejo vieja jefe senor senora companero companera nino nina nena nene yerno nuera
  viejito viejita papito mamita`,
);
const PEOPLE_SOUND: ReadonlySet<string> = new Set([...PEOPLE].map(soundOf));

/** Somebody stands in the verb and in the pronoun before it, and seldom in a word of its own. */
const PERSONS: ReadonlySet<string> = new Set([
  // Without accents "él" is the article too.
  ...[...PEOPLE].filter((word) => word !== 'el' && word !== 'tu'),
  ...set(
    'me te se le les nos mi mis su estoy esta este estan estaba ando anda tengo tiene tuvo tuve quedo quede puso puse dio sigue',
  ),
]);

const WHO = [...PEOPLE].join('|');

const CALM: readonly RegExp[] = [
  /\b(sintomas?|senales?|signos?|efectos?( (secundarios?|adversos?))?) (de|del|que|para|tiene|tienen|da|dan|puede|son)\b/,
  /\b(es|sea|son) (un )?(sintoma|signo|senal|efecto)\b/,
  /^(y )?(puede|pueden|podria|es|son|sera|como|por ?que|que|cual|cuando|cuanto|a que|la|el|los|las|un|una)\b.*\b(causan?|provocan?|producen?|d(?:a|an|ar) (fiebre|dolor|diarrea|convulsion\w*|vomitos?|mareos?|sangrados?)|normal|comun|frecuente|tratan?|alivian?|mas adelante)\b/,
  /^(y )?(puede|pueden|podria) (dar|causar|provocar|producir|haber|salir|venir|llegar|ocurrir|pasar)\b/,
  /^(que|quien|cual|cuales|donde) (es|son|significa|significan|quiere|pasa|ocurre|sucede|hace|hacen|puede|pueden|debe|deben)\b/,
  /^(por ?que|xq|pq|como|cuando|cuanto|cuantos|cuantas|donde) (se|da|dan|hay|tarda|dura|duran|es|son|puede|pueden|debo|debemos|tengo que|tenemos que|hace|hacen)\b/,
  /^(se|me|nos) (puede|pueden|podria|podra|puedo)\b|^(me|nos) van?\b/,
  /^(puedo|puede|podemos|podria|podra|debo|debe|deberia) (tomar|comer|beber|viajar|volar|ir|hacer|manejar|conducir|seguir|trabajar|tener|vacunar\w*|banar\w*|fumar|usar)\b/,
  /\b(puedo|puede|podra|podria) (seguir )?(manejar|conducir|viajar|volar|trabajar|hacer ejercicio|vacunar\w*)\b/,
  /\bhace (\d+|un|una|dos|tres|cuatro|cinco|muchos|varios|unos) (anos?|mes|meses)\b|\b(mes|ano) pasado\b|\ben (19|20)\d\d\b/,
  /\bya (esta|estoy|se siente|me siente|anda) (muy |mucho )?(bien|mejor)\b|\bya se (le|me) (paso|quito|fue|curo)\b/,
  /\bconfundid[oa]s? (con|por|sobre|de)\b|\b(da|tengo|tiene|tenemos) (mucho )?miedo\b|\bfolleto\b/,
  /^(la|el|los|las|una) (morfina|quimio\w*|inmuno\w*|radio\w*|medicina|medicamento|tratamiento|pastillas?|cancer|mesotelioma|tumor|derrame|cuidados paliativos|paliativos|biopsia|operacion|keytruda|opdivo|nivolumab|cisplatino|alimta)\b.*\b(hacen?|dejan?|dan?|dar|pueden?|se va|va|causan?|provocan?|afectan?|quitan?|producen?|siempre|ayudan?)\b/,
  /\bpueden? (causar|provocar|producir|acelerar|afectar|danar)\b/,
  /^(que|cuales|cuantas|cuantos) (pruebas?|examen|examenes|analisis|estudios?|riesgos?|probabilidad\w*|posibilidad\w*|sintomas|senales|tratamientos?|opciones|porcentaje)\b/,
  /^con que frecuencia\b|^cada cuanto\b|^se (sangra|muere|sufre|vive)\b|^(sirven?|conviene|hay|existen?|ayudan?)\b|^(con|de|en|a|para) que\b|\ben (la |su )?casa cuando\b|\bmorir ahogad[oa]\b|\b(se quitan?|se pasan?|se van?) (con el tiempo|sol[oa]s?|al terminar)\b/,
  /\b(esto|cancer|mesotelioma|tumor|enfermedad|quimio\w*) ((me|lo|la|le|nos|te) )?((va|puede) a? ?)?mat\w+/,
  /\b(leve|ligero|ligera)\b|\b(falta|agit[oa]|cans[oa]|canse|duele) un (poco|poquito)\b/,
];

/** Names of things that hold words of phrases. */
const NAMES =
  /(?<!\p{L})(an[aá]lisis de sangre|pruebas? de sangre|ex[aá]men(es)? de sangre|tensi[oó]n|presi[oó]n arterial|banco de sangre|final de la vida|fin de la vida)(?!\p{L})/giu;

const NOW =
  /\b(ahora mismo|ahorita|ya mismo|auxilio|socorro|ayudenme|ayudeme|(?<!(?:que|hay|pedir|una|la|me|se|le) )ayuda(?! (?:a|con|para|de))|de (repente|pronto|golpe)|repentin\w+|subit\w+|esta (noche|manana|tarde|madrugada)|hoy|anoche|desde (ayer|anoche|hoy|hace (un rato|una hora|horas|dias|\d+ (horas|dias)))|hace un rato|hace (\d+|unos|pocos) minutos|urgente|ambulancia|emergencia|911|112|061|123|que (hago|hacemos|debo hacer)(?! (para|con|si no|cuando))|no (le |me |se )*(para|quita|baja|deja)|no (le|me) hacen?|cada vez (peor|mas)|empeora\w*|esta (muy )?(mal|grave)|se (esta|me) (muere|muriendo))\b/;

const OWN_BODY = new RegExp(
  [
    `\\b(?:mi|su) (?:${WHO})(?: (?:ya|no|se|le|me|lo|la))* (?:esta|anda|tiene|puede|siente|duele|dio|quedo|puso|desmayo|cayo|ahoga|respira|despierta|reacciona|responde|vomita|tose|sangra|convulsiona)\\b`,
    '\\b(?:estoy|esta|sigo|sigue) (?:\\w+ )?\\w+(?:ando|iendo|yendo)\\b',
    '\\b(?:esta|este|anda|ande) (?:tan|muy|mas|un poco) \\w+',
    '\\bno (?:puedo|puede|pueda|siento|siente|sienta|mueve|mueva|despierta|despierte|reacciona|reaccione|responde|responda|respira|respire)\\b',
    '\\b(?:me|le) (?:duele|cuesta|falta(?! un po)|sale|salga|salio|esta|dio|dan?(?! (?:mucho )?(?:miedo|pena|asco|igual|claustrofobia|verguenza)))\\b',
    '\\bse (?:me|le) (?!puede|va a)\\w+',
    '\\b(?:tengo|tiene|con) (?:\\w+ ){0,2}(?:fiebre|calentura|escalofrios|convulsion|3[89]|4[0-2])\\b',
    '\\b(?:tose|toso|tosio|vomita|vomito|escupe|escupio|orina|echa|sangra) (?:\\w+ )?sangre\\b',
  ].join('|'),
);

/** Words that phrases and questions may hold or leave out. */
const LEFT_OUT = set(
  `a al ante con de del desde durante e el en entre es esa ese eso este estos estas esto era fue ha han he hay lo los las la un una unos
  muy tan tanto tanta bastante ya y o u que q k ke por para pa como cuando se le me les te nos mi mis
  su sus yo el ella ellos estoy esta estan estaba estaban ando anda andaba tengo tiene tienen tenia tuvo tuve esta hace hoy ayer
  si pero porque sigue siempre ahora asi quedo quede puso puse va van siendo sido medio
  pues ahi todavia aun cada vez algo nada`,
);

const NO_SLIP = set(
  `pecho hecho techo noche coche mucho ducha lucha dicha mancha marcha sangra parte puerta cuesta cuenta tarde carne manana semana cama
  casa causa cosa cara pasa paso peso beso meses vamos tenia tenga tomar toma comer coma cuerpo puede puedo quiere cuello sueno bueno
  nuevo huevo duelo suelo cielo hielo pierda tierra perro pero tiempo siento viento lento medico media medir morado mirada parado
  pasado pesado casado cansado pelo dolar color calor valor sabor humor tumor temor amor mayor menor mejor`,
);

export const SPANISH: AskLanguage = {
  code: 'es',
  ofKnowledge: false,
  tokens: (text) => folded(text, 'tnm estadio'),
  stemOf: (word) => {
    const sound = soundOf(word);
    if (SILENT.has(sound) || (PEOPLE_SOUND.has(sound) && !/^(hij|nin|niet)[oa]s?$/.test(word))) return undefined;
    return rootOf(word);
  },
  rootOf,
  everybodys: ['mesotelioma', 'cancer', 'maligno', 'tumor', 'enfermedad'],
  ours: ['mesotelioma', 'asbesto', 'amianto'],
  // What they ask about has to be ours: "tiene varicela, ¿puede ir al colegio?" is not.
  beside:
    /^(?=.*\b(tengo|tiene|tenemos|tenia|tuve|tuvo|padezco|padece|soy|es|con|sufro|sufre|siendo)\b)(?=.*\b(quimio\w*|inmuno\w*|radioterapia|operar\w*|operacion|cirugia|tac|pet|resonancia|contraste|biopsia|drenaje|pleurodesis|hipec|ensayos?|keytruda|opdivo|yervoy|nivolumab|ipilimumab|pembrolizumab|alimta|pemetrexed|cisplatino|morfina)\b)/,
  anotherIllness: 'otra enfermedad',
  alarm: {
    calm: CALM,
    names: NAMES,
    now: NOW,
    ownBody: OWN_BODY,
    persons: PERSONS,
    leftOut: LEFT_OUT,
    // Forms are heard as one word, so that phrases hold each other.
    longestCounts: true,
    noSlip: NO_SLIP,
    readings: {
      temperature: [
        /(?<!\p{L})(?:temp\p{L}*|fiebre|fievre|calentura|term[oó]metro|febr[ií]cula)\D{0,25}(\d{2}(?:[.,]\d)?)(?!\d)/giu,
        /(?<!\d)(\d{2}(?:[.,]\d)?)\s*(?:°|º|grados|de (?:fiebre|temperatura|calentura)|y medio)/giu,
        /(?<!\p{L})est(?:[aá]|oy) (?:con|a|en) (3[6-9](?:[.,]\d)?|4[0-2](?:[.,]\d)?)(?!\d)/giu,
      ],
      saturation: [
        /(?<!\p{L})(?:satur\p{L}*|sat|ox[ií]geno|ox[ií]metro|pulsiox[ií]metro|pulsox[ií]metro|o2|spo2)\D{0,25}(\d{2})(?!\d)/giu,
      ],
    },
  },
};
