import { contractOf } from './contract';
import { FilledOptions } from './options';
import { listed, problem } from '../../../problem';

/** What is wrong with installation, kernel parameters and interfaces. */
export function* machineProblems(options: FilledOptions): Generator<string> {
  const { contract, installImage, installExtraKernelArgs = [], sysctls = {}, ignoreInterfaces = [] } = options;
  yield* listed(installDiskProblem(options));
  if (installImage !== undefined && !/^[A-Za-z0-9][\w.-]*(?::[0-9]+)?(?:\/[\w.-]+)+(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.test(installImage)) {
    yield problem('installImage', installImage, `is not an image: write it as ghcr.io/siderolabs/installer:v${contract}.0`);
  }
  for (const [index, argument] of installExtraKernelArgs.entries()) {
    if (!/^\S+$/.test(argument)) {
      // an argument can hold a secret
      yield `'installExtraKernelArgs[${index}]' is not one kernel argument: give each argument as an item of its own, without spaces`;
    }
  }
  for (const [parameter, value] of Object.entries(sysctls)) {
    if (!/^[\w-]+(?:[./][\w:-]+)+$/.test(parameter)) {
      yield problem('sysctls', parameter, 'is not a kernel parameter: write it as vm.max_map_count');
    }
    if (value.trim() === '') {
      yield problem('sysctls', parameter, 'has no value: give it one, or remove it');
    }
  }
  for (const name of ignoreInterfaces) {
    if (!/^[^\s/:%]{1,15}$/.test(name)) {
      yield problem('ignoreInterfaces', name, 'is not the name of an interface: write it as eth0, with at most 15 characters');
    }
  }
}

function installDiskProblem({ contract, installDisk }: FilledOptions): string | undefined {
  if (installDisk === undefined) {
    return undefined;
  }
  if (!/^\/dev\/[A-Za-z0-9][\w/.:+-]*$/.test(installDisk)) {
    return problem('installDisk', installDisk, 'is not the path of a disk: write it as /dev/sda or /dev/nvme0n1');
  }
  return contractOf(contract).installDiskComparedByPath && installDisk.startsWith('/dev/disk/')
    ? problem('installDisk', installDisk, `is a link, which Talos ${contract} finds no disk by: name the disk itself, or select it by a patch with UnattendedInstallConfig`)
    : undefined;
}
