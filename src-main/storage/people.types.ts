/** The contact page and the roster as a whole: what the domain may ask of the database. */

export type PeopleStorage = Record<never, never>
