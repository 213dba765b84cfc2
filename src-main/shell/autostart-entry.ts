/** The file that starts Linnet with a Linux session, by the Desktop Application Autostart specification. Pure. */

/** `command`: program and arguments, as they are. */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Linnet',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=im.linnet.Linnet',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Whether such a file, which other programs change too, still starts anything. */
export function isEnabledEntry(text: string): boolean {
  return !/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(text)
}

/** Desktop Entry specification, "The Exec key": quoted whole, four signs escaped, then once more as a string; `%` doubled. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&')
  return `"${inQuotes.replaceAll('\\', '\\\\').replaceAll('%', '%%').replaceAll('\n', '\\n')}"`
}
