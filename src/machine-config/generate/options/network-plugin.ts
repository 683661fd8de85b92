import { FilledOptions } from './options';
import { webUrlProblem } from './registries';
import { listed, problem } from '../../../problem';

const CNI_NAMES = ['flannel', 'custom', 'none'];

/** What is wrong with the choice of pod network and of KubeSpan. */
export function* networkPluginProblems({ cniName, cniUrls = [], kubeSpan, discovery }: FilledOptions): Generator<string> {
  if (cniName !== undefined && !CNI_NAMES.includes(cniName)) {
    yield problem('cniName', cniName, `is not a choice of Talos: choose one of ${CNI_NAMES.join(', ')}`);
  }
  if (cniName === 'custom' && cniUrls.length === 0) {
    yield problem('cniName', cniName, "needs 'cniUrls': give the URLs of the CNI's manifests, or choose none and install the CNI by other means");
  }
  for (const url of cniUrls) {
    yield* listed(webUrlProblem('cniUrls', url));
    if (cniName !== 'custom') {
      yield problem('cniUrls', url, "has no effect without a custom 'cniName': set it to custom, or remove the URL");
    }
  }
  if (kubeSpan && !discovery) {
    yield problem('kubeSpan', kubeSpan, "needs 'discovery', by which its members find each other: turn discovery on, or KubeSpan off");
  }
}
