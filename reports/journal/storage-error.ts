import { RigError } from '../../core/model/rig-error.ts';

/** Turns what the file system says into one clear line; what was written before stays. */
export function storageError(path: string, thrown: unknown): RigError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const de = advice.de[code] ?? 'Rechte und Speicherplatz prüfen.';
  const en = advice.en[code] ?? 'check permissions and space.';
  const why = code || String(thrown);
  return new RigError(
    'storage',
    { en: `cannot write ${path} (${why}): ${en}`, de: `${path} kann nicht geschrieben werden (${why}): ${de}` },
    { cause: thrown },
  );
}

const advice: Record<'de' | 'en', Record<string, string>> = {
  en: {
    ENOSPC: 'the disk is full; free some space, everything concluded so far is kept.',
    EACCES: 'the folder is not writable; choose another with --runs.',
    EROFS: 'the file system is read-only; choose another folder with --runs.',
    ENOENT: 'no folder can be made there; choose another with --runs.',
    ENOTDIR: 'a part of this path is a file; choose another folder with --runs.',
    EMFILE: 'no file descriptors are left; raise `ulimit -n`.',
  },
  de: {
    ENOSPC: 'Der Datenträger ist voll; bitte Platz schaffen, alles bisher Festgestellte bleibt erhalten.',
    EACCES: 'Der Ordner ist nicht beschreibbar; mit --runs einen anderen wählen.',
    EROFS: 'Das Dateisystem ist schreibgeschützt; mit --runs einen anderen Ordner wählen.',
    ENOENT: 'Dort lässt sich kein Ordner anlegen; mit --runs einen anderen wählen.',
    ENOTDIR: 'Ein Teil dieses Pfades ist eine Datei; mit --runs einen anderen Ordner wählen.',
    EMFILE: 'Es sind keine Dateideskriptoren mehr frei; `ulimit -n` erhöhen.',
  },
};
