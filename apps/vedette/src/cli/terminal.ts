/** Text of others on a terminal: what would steer it, or turn the reading, is shown and does nothing. Valid within JSON too. */

/** Control characters but tab and line's end, and marks that change the direction of writing. */
const STEERING = /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The password in a database's address. */
const PASSWORD = /(\bpostgres(?:ql)?:\/\/[^\s/:@]*):[^\s/@]*@/gi;

/** Where a log lies, for eyes and files of others. */
export const shownPlace = (text: string): string => text.replace(PASSWORD, "$1:***@");

export const shownText = (text: string): string => shownPlace(text).replace(STEERING, escaped);

/** One that must not begin a line of its own: a name, a reason. */
export const shownLine = (text: string): string => shownText(text).replace(/\n/g, "\\n");
