/** XEP-0045 §16.1 and §16.4: what its elements and nodes are called. */

export const NS = 'http://jabber.org/protocol/muc'
/** What a room says to or about an occupant. */
export const NS_USER = `${NS}#user`
export const NS_ADMIN = `${NS}#admin`
export const NS_OWNER = `${NS}#owner`
/** FORM_TYPEs (§16.5). */
export const FORM_CONFIG = `${NS}#roomconfig`
export const FORM_INFO = `${NS}#roominfo`
export const FORM_REGISTER = `${NS}#register`
export const FORM_REQUEST = `${NS}#request`
