/** What the two kinds of new rooms are, in the words of configuration forms (XEP-0045 §10.1.3, §15.5.3). */
import type { RoomPreset } from '../../model/ownership.ts'
import type { ConfigurationWishes } from '../../protocol/xep-0045-muc/index.ts'

/** Each service has its own words for some: the fields that it offers are set, and no others. */
const ALIKE: ConfigurationWishes = {
  'muc#roomconfig_persistentroom': true,
  'muc#roomconfig_moderatedroom': false,
  // Keeping what is said: Prosody, and ejabberd.
  'muc#roomconfig_enablearchiving': true,
  mam: true,
}

const PRESETS: Readonly<Record<RoomPreset, ConfigurationWishes>> = {
  group: {
    'muc#roomconfig_membersonly': true,
    'muc#roomconfig_publicroom': false,
    'muc#roomconfig_whois': 'anyone',
    'muc#roomconfig_allowinvites': true,
    public_list: false,
  },
  channel: {
    'muc#roomconfig_membersonly': false,
    'muc#roomconfig_publicroom': true,
    'muc#roomconfig_whois': 'moderators',
    public_list: true,
  },
}

/** Without these a room is not what the user was promised. */
export const PROMISED: Readonly<Record<RoomPreset, readonly string[]>> = {
  group: ['muc#roomconfig_membersonly'],
  channel: [],
}

export function wishesOf(preset: RoomPreset, name: string): ConfigurationWishes {
  return { ...ALIKE, ...PRESETS[preset], 'muc#roomconfig_roomname': name }
}
