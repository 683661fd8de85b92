import { FitnessCheck, shownText } from './fitness-check';

/** The one file that Talos makes outside of /var. */
const RUNTIME_CUSTOMIZATION = '/etc/cri/conf.d/20-customization.part';

/** Finds files that Talos can't make: it tries again for half an hour, then the container ends. */
export function findFilesOutsideOfVar(check: FitnessCheck): void {
  const instead = check.knows('EtcFileConfig') ? 'put it there, or use an EtcFileConfig' : 'put it there';
  for (const file of check.placesOf('v1alpha1 machine.files').flatMap(({ items }) => items)) {
    const path = file.at('path');
    if (file.at('op').text === 'create' && !path.text.startsWith('/var/') && path.text !== RUNTIME_CUSTOMIZATION) {
      check.fatal('talos:file-outside-of-var', path, `can't be made, because Talos creates files below /var only, and the pod would end again and again: ${instead}`,
        [shownText(path)]);
    }
  }
}
