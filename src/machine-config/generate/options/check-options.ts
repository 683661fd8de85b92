import { inlineManifestProblems } from './inline-manifests';
import { machineProblems } from './machine';
import { clusterNameProblems, dnsDomainProblems, endpointProblems, sanProblems } from './names';
import { networkPluginProblems } from './network-plugin';
import { FilledOptions } from './options';
import { portProblems } from './ports';
import { registryProblems } from './registries';
import { subnetProblems } from './subnets';
import { listed, problem, TalosError } from '../../../problem';
import { kubernetesVersionProblem } from '../../../talos/kubernetes-versions';
import { RELEASES } from '../../../talos/release';

/** Throws where options can't be right. One error names everything that is wrong. */
export function checkOptions(options: FilledOptions): void {
  const problems = RELEASES.includes(options.contract)
    ? [...optionProblems(options)]
    : [problem('contract', options.contract, `is not a Talos release known here: choose one of ${RELEASES.join(', ')}`)];
  if (problems.length > 0) {
    throw new TalosError('talos:invalid-value', problems.join('\n'));
  }
}

function* optionProblems(options: FilledOptions): Generator<string> {
  yield* clusterNameProblems(options);
  yield* endpointProblems(options);
  yield* listed(kubernetesVersionProblem(options.kubernetesVersion, options.release));
  yield* sanProblems(options);
  yield* subnetProblems(options);
  yield* dnsDomainProblems(options);
  yield* networkPluginProblems(options);
  yield* inlineManifestProblems(options);
  yield* portProblems(options);
  yield* registryProblems(options);
  yield* machineProblems(options);
}
