import { problem } from '../problem';
import { certificateProblem } from './generate/options/registries';
import { hasCertificate } from './validation/check/pem';

/** What is wrong with the certificate of a host, if anything is. */
export function certificateTextProblem(property: string, host: string, text: string): string | undefined {
  return certificateProblem(property, host, text)
    ?? (hasCertificate(text) ? undefined : problem(property, host, 'can\'t be read: give an X.509 certificate in PEM'));
}
