/** What a person may be looked for by, in every box that finds people. */
export const FIND_BY =
  'Any part of a name, present or former, in any order; an employee or assignment number; a user name; an e-mail address.';

/** The same, short enough to stand in the box. */
export const FIND_HINT = 'Name, number, user name or e-mail';

/** Nobody was found: what may be tried. */
export const FOUND_NOBODY =
  'Accents, capitals, apostrophes and the order of the words make no difference. Try fewer letters, a former name, an employee or assignment number, or a user name.';
