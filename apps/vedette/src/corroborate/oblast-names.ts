/** Oblasts in the spellings of the feeds: the alerts' name, the name in Ukrainian, ISO 3166-2. */

const NAMES: readonly (readonly [string, string, string])[] = [
  ["Cherkaska oblast", "Черкаська область", "UA71"],
  ["Chernihivska oblast", "Чернігівська область", "UA74"],
  ["Chernivetska oblast", "Чернівецька область", "UA77"],
  ["Avtonomna Respublika Krym", "Автономна Республіка Крим", "UA43"],
  ["Dnipropetrovska oblast", "Дніпропетровська область", "UA12"],
  ["Donetska oblast", "Донецька область", "UA14"],
  ["Ivano-Frankivska oblast", "Івано-Франківська область", "UA26"],
  ["Kharkivska oblast", "Харківська область", "UA63"],
  ["Khersonska oblast", "Херсонська область", "UA65"],
  ["Khmelnytska oblast", "Хмельницька область", "UA68"],
  ["Kyivska oblast", "Київська область", "UA32"],
  ["Kirovohradska oblast", "Кіровоградська область", "UA35"],
  ["Luhanska oblast", "Луганська область", "UA09"],
  ["Lvivska oblast", "Львівська область", "UA46"],
  ["Mykolaivska oblast", "Миколаївська область", "UA48"],
  ["Odeska oblast", "Одеська область", "UA51"],
  ["Poltavska oblast", "Полтавська область", "UA53"],
  ["Rivnenska oblast", "Рівненська область", "UA56"],
  ["Sumska oblast", "Сумська область", "UA59"],
  ["Ternopilska oblast", "Тернопільська область", "UA61"],
  ["Vinnytska oblast", "Вінницька область", "UA05"],
  ["Volynska oblast", "Волинська область", "UA07"],
  ["Zakarpatska oblast", "Закарпатська область", "UA21"],
  ["Zaporizka oblast", "Запорізька область", "UA23"],
  ["Zhytomyrska oblast", "Житомирська область", "UA18"],
  ["Kyiv City", "Київ", "UA30"],
];

const BY_UKRAINIAN = new Map(NAMES.map(([alerts, ukrainian]) => [ukrainian, alerts]));
const BY_CODE = new Map(NAMES.map(([alerts, , code]) => [code, alerts]));

export const alertsNameOf = (ukrainian: string): string | undefined => BY_UKRAINIAN.get(ukrainian);
export const alertsNameOfCode = (code: string): string | undefined => BY_CODE.get(code);
